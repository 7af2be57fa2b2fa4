// page/measure-page.ts: what the console's page costs: a measurement beside it, open and closed; its memory.
// Called by run-bench.ts; page-table.ts prints what it returns.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_CUSTOMER_KEY } from '@lab/shared/runtime/config.ts';
import { executablePath, type Kit, openConsole } from '../../console/browser-kit.ts';
import { startAttack } from '../../load/start-attack.ts';
import { CannotStart } from '../../targets/cannot-start.ts';
import { labFolders, repoRoot } from '../../targets/lab-folders.ts';
import type { Pinning } from '../pinning.ts';
import { measureRate } from '../rate-accuracy.ts';
import { startReference } from '../reference-servers.ts';
import { rates } from './page-table.ts';

/** What a measurement comes to while the page is open, or closed, over shapes at rest. */
export interface PageBlock {
  readonly open: boolean;
  /** The second furthest from the generator's rate, as a share, by the server's count. */
  readonly worstSecondOff: number;
  /** Of the generator. */
  readonly lagMsP99: number;
  /** Of a shape that is browsed in: the monolith. */
  readonly msP99: number;
}

/** The page, looked at once a minute. */
export interface PageMinute {
  readonly minute: number;
  /** After a collection. */
  readonly heapMb: number;
  readonly nodes: number;
  /** Of one core, since the look before. */
  readonly cpuShare: number;
  /** Of the process that serves it, which is this one. */
  readonly serverMb: number;
}

export interface PageResult {
  readonly blocks: readonly PageBlock[];
  readonly minutes: readonly PageMinute[];
}

export interface PageOptions {
  /** Each is measured once with the page open and once with it closed. */
  readonly blocks: number;
  readonly seconds: number;
  /** That one page stays open, afterwards. */
  readonly minutes: number;
  readonly pinning: Pinning;
  readonly defer: (stop: () => Promise<void>) => void;
  readonly onStep: (step: string) => void;
}

/** @throws CannotStart where there is no Chromium */
export async function measurePage(options: PageOptions): Promise<PageResult> {
  if (executablePath === undefined)
    throw new CannotStart('Part g looks at a page: install Chromium, as /usr/bin/chromium.');
  const { blocks: wanted, minutes, defer, onStep } = options;
  onStep('starting');
  const server = await startReference('arrival-counter', {}, options.pinning.serverCore);
  defer(server.stop);
  const kit = await openConsole();
  defer(() => kit.close());
  await measureBlock(kit, server, false, options);
  const blocks: PageBlock[] = [];
  for (let block = 1; block <= wanted; block += 1) {
    // In turn: whatever grows with time falls on both.
    for (const open of block % 2 === 0 ? [true, false] : [false, true]) {
      onStep(`block ${block} of ${wanted}, page ${open ? 'open' : 'closed'}`);
      blocks.push(await measureBlock(kit, server, open, options));
    }
  }
  return { blocks, minutes: await watchPage(kit, minutes, onStep) };
}

async function measureBlock(
  kit: Kit,
  server: { readonly url: string },
  open: boolean,
  { seconds, pinning: { generatorLauncher } }: PageOptions,
): Promise<PageBlock> {
  const page = open ? await kit.visit('/') : undefined;
  await page?.getByRole('heading', { name: 'monolith' }).waitFor();
  const { worstSecondOff, lagMsP99 } = await measureRate(server, rates.generatorRps, {
    ...{ seconds, generatorLauncher },
  });
  const { latency } = await startAttack(browsing(kit, seconds), generatorLauncher).finished;
  await page?.close();
  return { open, worstSecondOff, lagMsP99, msP99: latency?.latencyMsP99 ?? Number.NaN };
}

function browsing({ shapes }: Kit, seconds: number) {
  const folder = join(labFolders(repoRoot).data, 'bench');
  mkdirSync(folder, { recursive: true });
  return {
    baseUrl: shapes[0]?.baseUrl ?? '',
    scenario: 'browse',
    rateRps: rates.monolithRps,
    arrivals: 'constant',
    durationMs: seconds * 1000,
    seed: 1,
    keys: { customer: DEMO_CUSTOMER_KEY },
    rowsFile: join(folder, 'page.jsonl'),
  } as const;
}

async function watchPage(
  kit: Kit,
  minutes: number,
  onStep: PageOptions['onStep'],
): Promise<PageMinute[]> {
  const page = await kit.visit('/');
  const look = await pageMetrics(page);
  const { load } = await kit.desk();
  await load.reset();
  await load.set({ running: true, rateRps: rates.shownRps, scenario: 'mixed' });
  const seen: PageMinute[] = [];
  let before = await look();
  for (let minute = 1; minute <= minutes; minute += 1) {
    onStep(`the page open for ${minute} of ${minutes} minutes`);
    await sleep(60_000);
    const now = await look();
    seen.push({
      minute,
      heapMb: now.heapBytes / 1e6,
      nodes: now.nodes,
      cpuShare: (now.busyS - before.busyS) / 60,
      serverMb: process.memoryUsage().rss / 1e6,
    });
    before = now;
  }
  await load.set({ ...load.now, running: false });
  await page.close();
  return seen;
}

/** From Chromium's own account of the page's main thread. */
async function pageMetrics(page: Awaited<ReturnType<Kit['visit']>>) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
    return { heapBytes: of('JSHeapUsedSize'), nodes: of('Nodes'), busyS: of('TaskDuration') };
  };
}
