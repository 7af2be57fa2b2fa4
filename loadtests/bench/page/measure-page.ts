// page/measure-page.ts: what the console's page costs: a load beside it, open and closed, and its own memory.
// Called by run-bench.ts; page-table.ts prints what it returns.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { executablePath, type Kit, names, openConsole } from '../../console/browser-kit.ts';
import type { Row } from '../../load/results.ts';
import { quantileOf } from '../../statistics/quantile.ts';
import { CannotStart } from '../../targets/cannot-start.ts';

/** One stretch of load on three shapes, with the page open or closed. */
export interface PageBlock {
  readonly open: boolean;
  /** Of the schedule of the shape that was furthest off: 0.01 is 1 % slower than asked. */
  readonly rateOff: number;
  readonly lagMsP99: number;
  /** Of the requests that were answered well, all shapes together. */
  readonly okMsP99: number;
  readonly sent: number;
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
  readonly rateRps: number;
  readonly blocks: readonly PageBlock[];
  readonly minutes: readonly PageMinute[];
}

export interface PageOptions {
  /** Each is one stretch open and one closed. */
  readonly blocks: number;
  readonly seconds: number;
  /** That one page stays open, afterwards. */
  readonly minutes: number;
  readonly defer: (stop: () => Promise<void>) => void;
  readonly onStep: (step: string) => void;
}

/** On each of three shapes. */
const RATE_RPS = 50;
const WARM_UP_S = 5;

/** @throws CannotStart where there is no Chromium */
export async function measurePage(options: PageOptions): Promise<PageResult> {
  if (executablePath === undefined)
    throw new CannotStart('Part g looks at a page: install Chromium, as /usr/bin/chromium.');
  const { blocks: wanted, seconds, minutes, defer, onStep } = options;
  onStep('starting');
  const kit = await openConsole();
  defer(() => kit.close());
  await loadFor(kit, WARM_UP_S);
  const blocks: PageBlock[] = [];
  for (let block = 1; block <= wanted; block += 1) {
    // In turn: whatever grows with time falls on both.
    for (const open of block % 2 === 0 ? [true, false] : [false, true]) {
      onStep(`block ${block} of ${wanted}, page ${open ? 'open' : 'closed'}`);
      blocks.push(await measureBlock(kit, open, seconds));
    }
  }
  return { rateRps: RATE_RPS, blocks, minutes: await watchPage(kit, minutes, onStep) };
}

async function measureBlock(kit: Kit, open: boolean, seconds: number): Promise<PageBlock> {
  const page = open ? await kit.visit('/') : undefined;
  await page?.getByRole('heading', { name: 'monolith' }).waitFor();
  const shapes = await loadFor(kit, seconds);
  await page?.close();
  const rows = shapes.flat();
  const ok = rows.filter(({ outcome }) => outcome === 'ok');
  return {
    open,
    rateOff: Math.max(...shapes.map(rateOff)),
    lagMsP99: quantileOf(
      rows.map(({ lag }) => lag),
      0.99,
    ),
    okMsP99: quantileOf(
      ok.map(({ ms }) => ms),
      0.99,
    ),
    sent: rows.length,
  };
}

/** Requests that left a second, beside those that were planned: one that was dropped never left. */
function rateOff(rows: readonly Row[]): number {
  const left = rows.filter(({ outcome }) => outcome !== 'dropped').length;
  const plannedMs = rows.reduce((last, { t }) => Math.max(last, t), 0);
  const tookMs = rows.reduce((last, { t, lag }) => Math.max(last, t + lag), 0);
  return 1 - left / tookMs / (rows.length / plannedMs);
}

/** By the console's own customers, whose rows it draws. @returns those of each shape */
async function loadFor(kit: Kit, seconds: number): Promise<Row[][]> {
  const { load } = await kit.desk();
  await load.reset();
  await load.set({ running: true, rateRps: RATE_RPS, scenario: 'mixed' });
  await sleep(seconds * 1000);
  await load.set({ ...load.now, running: false });
  return names.map((name) => rowsIn(join(load.folder, `${name}-${load.now.loads}.jsonl`)));
}

function rowsIn(file: string): Row[] {
  if (!existsSync(file)) throw new Error(`Nothing was sent: ${file} is missing.`);
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Row);
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
  await load.set({ running: true, rateRps: RATE_RPS, scenario: 'mixed' });
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
