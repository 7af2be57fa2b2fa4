// load/run-attack.test.ts: the generator against real servers that answer, lie, stall and hang.
// Counts and ratios only: other work on the machine may delay anything.
import { join } from 'node:path';
import { getProduct, listProducts } from '@lab/shared/contract/catalog.ts';
import { getStock } from '@lab/shared/contract/inventory.ts';
import type { Operation } from '@lab/shared/contract/operation.ts';
import { afterEach, expect, test } from 'vitest';
import type { Shot, Targeter } from '../scenarios/shot.ts';
import { metricsOf } from './metrics.ts';
import type { AttackPlan } from './plan.ts';
import { type Row, readRows } from './results.ts';
import { type LiveSecond, runAttack } from './run-attack.ts';
import { type Reply, type SmallServer, startSmallServer } from './small-server.ts';
import { summaryOf } from './summary.ts';
import { testFolder } from './test-folder.ts';

let server: SmallServer;
afterEach(() => server.close());

const operations: readonly Operation[] = [getProduct, listProducts, getStock];

/** Three operations in turn; each answer must name its own operation, so a mix-up is `wrong`. */
function threeInTurn(): Targeter {
  let count = 0;
  const nextShot = (): Shot => {
    const operation = operations[count++ % 3] ?? getProduct;
    const check = (status: number, body: unknown) =>
      status === 200 && (body as { op?: string }).op === operation.id ? 'ok' : 'other body';
    return { operation, path: `/${operation.id}`, headers: {}, body: null, check };
  };
  return { nextShot };
}

const truth = (path: string): Reply => ({ body: { op: path.slice(1) } });

async function run(
  reply: (path: string, count: number) => Reply,
  change: Partial<AttackPlan>,
  onSecond?: (second: LiveSecond) => void,
) {
  server = await startSmallServer(reply);
  const rowsFile = join(testFolder(), 'rows.jsonl');
  const plan: AttackPlan = {
    baseUrl: server.baseUrl,
    scenario: 'browse',
    rateRps: 200,
    arrivals: 'constant',
    durationMs: 1500,
    seed: 1,
    keys: { customer: 'key' },
    rowsFile,
    ...change,
  };
  const attack = runAttack(plan, onSecond === undefined ? {} : { onSecond }, threeInTurn);
  return { attack, rowsFile, summary: await attack.finished };
}

async function rowsOf(file: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of readRows(file)) rows.push(row);
  return rows;
}

const arrivedAt = () => [...server.arrived.values()].reduce((sum, count) => sum + count, 0);

test('200 a second for 5 seconds are 1,000 requests, here and at the server', async () => {
  const { summary, rowsFile } = await run(truth, { durationMs: 5000 });
  expect(summary).toMatchObject({ scheduled: 1000, sent: 1000 });
  expect(arrivedAt()).toBe(1000);
  expect(summary.achievedRps / 200).toBeGreaterThan(0.99);
  expect(summary.achievedRps / 200).toBeLessThan(1.01);
  const { seconds } = await metricsOf(readRows(rowsFile));
  for (const { features } of seconds()) {
    const { catalog, inventory } = features;
    expect((catalog?.sent ?? 0) + (inventory?.sent ?? 0)).toBe(200);
  }
});

test('a body that is not true is wrong, one that is late is slow, a fallback is degraded', async () => {
  const { summary } = await run(
    (path) => {
      if (path === '/getProduct') return { body: { op: 'zeros' } };
      if (path === '/getStock') return { ...truth(path), afterMs: 300 };
      return { body: [], headers: { 'x-degraded': 'cache' } };
    },
    { sloMs: 150, deadlineMs: 10_000 },
  );
  expect(summary.byOperation.getProduct?.outcomes.wrong).toBe(100);
  expect(summary.byOperation.getStock?.outcomes.slow).toBe(100);
  expect(summary.byOperation.listProducts?.outcomes.degraded).toBe(100);
  expect(summary.reasons).toMatchObject({ 'other body': 100, cache: 100 });
});

test('a hung server gives hung rows at the deadline, and the rate goes on', async () => {
  // The bound lies beyond the whole run: a generator that was held up a moment must not drop any. The
  // deadline lets a machine that is busy with other tests deliver each request before it is given up.
  const { summary, rowsFile } = await run(() => ({ instead: 'silence' }), {
    deadlineMs: 4000,
    maxInFlight: 400,
  });
  expect(summary).toMatchObject({ sent: 300, latency: null, outcomes: { hung: 300 } });
  expect(arrivedAt()).toBe(300);
  for (const { ms } of await rowsOf(rowsFile)) {
    expect(ms).toBeGreaterThanOrEqual(3999.9);
    expect(ms).toBeLessThan(20_000);
  }
});

test('after lost connections every answer still belongs to its own request', async () => {
  const { summary } = await run(
    (path, count) => (count % 10 === 0 ? { instead: 'reset' } : truth(path)),
    { durationMs: 3000, deadlineMs: 10_000 },
  );
  expect(summary.outcomes).toMatchObject({ refused: 60, wrong: 0, error: 0, hung: 0 });
  expect(summary.reasons).toEqual({ reset: 60 });
  // No retry either: the server saw each request once.
  expect(arrivedAt()).toBe(600);
  expect([...server.arrived.values()]).toEqual([200, 200, 200]);
});

test('a generator that spins keeps the schedule as well, and says how it waited', async () => {
  const { summary } = await run(truth, { durationMs: 1000, deadlineMs: 10_000, wait: 'spin' });
  expect(summary).toMatchObject({ scheduled: 200, sent: 200, wait: 'spin' });
  expect(arrivedAt()).toBe(200);
});

test('a generator that is held up admits it: late, and slower by as much', async () => {
  const holdUp = setTimeout(() => {
    const untilMs = performance.now() + 400;
    while (performance.now() < untilMs);
  }, 500);
  const { summary, rowsFile } = await run(truth, { durationMs: 1000, deadlineMs: 10_000 });
  clearTimeout(holdUp);
  const rows = await rowsOf(rowsFile);
  // 80 arrivals in 400 ms; those of the first 300 ms left more than 100 ms late.
  const late = rows.filter((row) => row.lag > 100);
  expect(late.length).toBeGreaterThanOrEqual(55);
  expect(late.every((row) => row.ms >= row.lag)).toBe(true);
  expect(summary.sent).toBe(200);
  expect(summary.invalid.join()).toMatch('ms late');
});

test('arrivals beyond the bound in flight are dropped and make the run invalid', async () => {
  const { summary } = await run(() => ({ instead: 'silence' }), {
    deadlineMs: 5000,
    durationMs: 500,
    maxInFlight: 10,
  });
  expect(summary.outcomes).toMatchObject({ hung: 10, dropped: 90 });
  expect(summary.invalid.join()).toMatch('dropped 90');
});

test('stored rows give the same metrics as the run itself', async () => {
  const { summary, rowsFile } = await run(truth, { arrivals: 'poisson' });
  const again = summaryOf(summary, (await metricsOf(readRows(rowsFile))).totals());
  expect(again).toEqual(summary);
});

test('seconds are told while the run goes on, and the last word on each is final', async () => {
  const told: LiveSecond[] = [];
  const onSecond = (second: LiveSecond) => void told.push(second);
  const { rowsFile } = await run(truth, { durationMs: 2500, deadlineMs: 500 }, onSecond);
  const lastWords = new Map(told.map((second) => [second.second, second]));
  const stored = (await metricsOf(readRows(rowsFile))).seconds();
  expect([...lastWords.values()]).toEqual(stored.map((second) => ({ ...second, final: true })));
  expect(told.length).toBeGreaterThan(lastWords.size);
});

test('a rate that grows fourfold sends twice as much in its second half, at the mean rate', async () => {
  const { rowsFile, summary } = await run(truth, { rateRps: 300, growth: 4, durationMs: 1000 });
  const rows = await rowsOf(rowsFile);
  expect(rows.filter(({ t }) => t < 499)).toHaveLength(100);
  expect(rows.filter(({ t }) => t > 501 && t < 999)).toHaveLength(199);
  expect(summary).toMatchObject({ rateRps: 300, scheduled: rows.length });
});
