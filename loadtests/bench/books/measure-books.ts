// books/measure-books.ts: how many events the reports service enters, and what it holds in memory.
// Called by run-bench.ts; books-table.ts prints what it returns.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '@lab/shared/domain/random.ts';
import { shuffled } from '../../lab/blocks.ts';
import { watchCpu } from '../../lab/cpu-clock.ts';
import { labFolders, repoRoot } from '../../targets/lab-folders.ts';
import { componentOf, urlOf } from '../../targets/targets.ts';
import { benchTargets, startForBench } from '../bench-targets.ts';
import { measureBlocks } from '../blocks.ts';
import { noiseSince, usageOf } from '../measure.ts';
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

const WARM_UP_MS = 500;
/** A million past orders took less than two minutes on a slow machine. */
const readyTimeoutMs = 1_800_000;

/** @throws CannotStart */
export async function measureBooks(options: BooksOptions): Promise<BooksResult> {
  options.onStep(`starting with ${options.pastOrders} past orders`);
  const { url, pid, readyMs } = await startService(options);
  const service = { name: 'The reports service', pid };
  const idleBytes = usageOf(service).rssBytes;
  options.onStep('reports');
  const reports = await timeReports(url);
  const held = {
    ...{ pastOrders: options.pastOrders, readyMs, idleBytes },
    ...{ askedBytes: usageOf(service).rssBytes, reports },
  };
  const arms = [...(await startAppender(options)), ...serviceArms(url, pid, options.defer)];
  for (const arm of arms) await arm.run(WARM_UP_MS);
  const blocks = await measureBlocks(options.blocks, async (which, index) => {
    options.onStep(which);
    const cpu = watchCpu();
    const entered: Entered[] = [];
    for (const arm of shuffled(arms, seededRandom(index)))
      entered.push(await measured(arm, options.seconds));
    return { entered, ...noiseSince(cpu) };
  });
  return { held, blocks };
}

async function startService({ portBase, serverCore, pastOrders, defer }: BooksOptions) {
  const { microservices } = benchTargets(portBase);
  const reports = componentOf(microservices, 'reports');
  const alone = { ...microservices, frontDoor: 'reports', components: [reports] };
  const beganMs = performance.now();
  const shop = await startForBench(alone, defer, {
    ...{ core: serverCore, readyTimeoutMs },
    env: { PAST_ORDERS: String(pastOrders) },
  });
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

async function measured(arm: Arm, seconds: number): Promise<Entered> {
  const [cpuMs, beganMs] = [usageOf(arm).cpuMs, performance.now()];
  const events = await arm.run(seconds * 1000);
  const tookMs = performance.now() - beganMs;
  const cpuUs = ((usageOf(arm).cpuMs - cpuMs) * 1000) / events;
  return { name: arm.name, eventsPerSecond: (events * 1000) / tookMs, cpuUs };
}
