// books/measure-books.ts: how many events the reports service enters, and what it holds in memory.
// Called by run-bench.ts; books-table.ts prints what it returns.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '@lab/shared/domain/random.ts';
import { shuffled } from '../../lab/blocks.ts';
import { watchCpu } from '../../lab/cpu-clock.ts';
import { labFolders, repoRoot } from '../../targets/lab-folders.ts';
import { startTarget } from '../../targets/process-platform.ts';
import { componentOf, targetsAt, urlOf } from '../../targets/targets.ts';
import { readUsage } from '../../targets/usage.ts';
import { maxOtherShare } from '../measure.ts';
import { startReference } from '../reference-servers.ts';
import { type Arm, appenderArms, serviceArms, timeReports } from './book-arms.ts';

/** One arm during one block. */
export interface Entered {
  readonly name: string;
  readonly eventsPerSecond: number;
  /** Of the process that enters them, all its threads; for one event. */
  readonly cpuUs: number;
}

export interface BooksBlock {
  readonly entered: readonly Entered[];
  readonly otherShare: number | undefined;
  readonly discarded: boolean;
}

/** The service with its past, before any event. */
export interface Held {
  readonly pastOrders: number;
  /** From its start until it could answer, filling its books included. */
  readonly readyMs: number;
  readonly idleBytes: number;
  /** After reports, each asked several times. */
  readonly askedBytes: number;
  readonly reports: readonly { readonly name: string; readonly medianMs: number }[];
}

export interface BooksResult {
  readonly held: Held;
  readonly blocks: readonly BooksBlock[];
}

export interface BooksOptions {
  readonly blocks: number;
  /** For each arm and block. */
  readonly seconds: number;
  readonly pastOrders: number;
  readonly portBase: number;
  readonly serverCore: number | undefined;
  readonly defer: (stop: () => Promise<void>) => void;
  readonly onStep: (step: string) => void;
}

/** A million past orders took less than two minutes on a slow machine. */
const readyTimeoutMs = 1_800_000;

/** @throws CannotStart */
export async function measureBooks(options: BooksOptions): Promise<BooksResult> {
  options.onStep(`starting with ${options.pastOrders} past orders`);
  const { url, pid, readyMs } = await startService(options);
  const idleBytes = usageOf(pid).rssBytes;
  options.onStep('reports');
  const reports = await timeReports(url);
  const held = {
    ...{ pastOrders: options.pastOrders, readyMs, idleBytes },
    ...{ askedBytes: usageOf(pid).rssBytes, reports },
  };
  const arms = [...(await startAppender(options)), ...serviceArms(url, pid, options.defer)];
  return { held, blocks: await measureBlocks(arms, options) };
}

async function startService({ portBase, serverCore, pastOrders, defer }: BooksOptions) {
  const { microservices } = targetsAt(portBase);
  const reports = componentOf(microservices, 'reports');
  const alone = { ...microservices, frontDoor: 'reports', components: [reports] };
  const beganMs = performance.now();
  const shop = await startTarget(alone, {
    ...{ fresh: true, core: serverCore, readyTimeoutMs },
    env: { RATE_LIMIT_RPS: '1000000', PAST_ORDERS: String(pastOrders) },
  });
  defer(() => shop.stop());
  const pid = shop.components.find(({ name }) => name === 'reports')?.pid ?? 0;
  return { url: urlOf(reports), pid, readyMs: performance.now() - beganMs };
}

async function startAppender({ serverCore, defer }: BooksOptions): Promise<Arm[]> {
  const folder = join(labFolders(repoRoot).data, 'bench', 'books');
  const clear = async () => rmSync(folder, { recursive: true, force: true });
  await clear();
  mkdirSync(folder, { recursive: true });
  defer(clear);
  const server = await startReference('bare-appender', { DATA_FOLDER: folder }, serverCore);
  defer(server.stop);
  return appenderArms(server.url, server.pid);
}

/** Blocks until enough are accepted, or as many are discarded. */
async function measureBlocks(
  arms: readonly Arm[],
  { blocks: wanted, seconds, onStep }: BooksOptions,
): Promise<BooksBlock[]> {
  for (const arm of arms) await arm.run(500);
  const blocks: BooksBlock[] = [];
  const count = (discarded: boolean) =>
    blocks.filter((block) => block.discarded === discarded).length;
  while (count(false) < wanted && count(true) < wanted) {
    onStep(`block ${count(false) + 1} of ${wanted}`);
    const cpu = watchCpu();
    const entered: Entered[] = [];
    for (const arm of shuffled(arms, seededRandom(blocks.length)))
      entered.push(await measured(arm, seconds));
    const otherShare = cpu.otherRatio() ?? undefined;
    blocks.push({ entered, otherShare, discarded: (otherShare ?? 0) > maxOtherShare });
  }
  return blocks;
}

async function measured({ name, pid, run }: Arm, seconds: number): Promise<Entered> {
  const [cpuMs, beganMs] = [usageOf(pid).cpuMs, performance.now()];
  const events = await run(seconds * 1000);
  const tookMs = performance.now() - beganMs;
  const cpuUs = ((usageOf(pid).cpuMs - cpuMs) * 1000) / events;
  return { name, eventsPerSecond: (events * 1000) / tookMs, cpuUs };
}

function usageOf(pid: number) {
  const usage = readUsage([pid]).get(pid);
  if (usage === undefined) throw new Error('A server of the bench is not running any more.');
  return usage;
}
