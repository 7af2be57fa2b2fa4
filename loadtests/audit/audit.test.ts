// audit/audit.test.ts: a small audit of each shape from start to end, and one that must find a theft.
import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { main } from '../commands/audit.ts';
import { databaseFile, dataFolder } from '../targets/databases.ts';
import { processPlatform } from '../targets/process-platform.ts';
import { componentOf } from '../targets/targets.ts';
import { planCheckouts } from './checkout-plan.ts';
import { startCrashBench } from './crash-bench.ts';
import { isDefinite } from './customer.ts';
import { deleteTraces, freeTarget, shapes } from './free-target.ts';
import { holds } from './print-result.ts';
import { runAudit } from './run-audit.ts';

test.each(shapes)(
  'every invariant of the %s holds while its processes are killed',
  async (shape) => {
    const target = await freeTarget(shape);
    try {
      const result = await runAudit(target, {
        platform: processPlatform(),
        orders: 60,
        concurrency: 12,
        killEveryMs: 1000,
        seed: 7,
        stopped: new AbortController().signal,
        onProgress: () => {},
      });
      if (result === undefined) throw new Error('nobody stopped it');
      expect(result.findings.filter(({ offenders }) => offenders.length > 0)).toEqual([]);
      expect(holds(result)).toBe(true);
      expect(result.told).toHaveLength(60);
      expect(Object.keys(result.kills).length).toBeGreaterThan(0);
      expect(result.restarts).toBeGreaterThan(0);
      const { soldCents, chargedCents, bookedCents = soldCents } = result.totals;
      expect([chargedCents, bookedCents]).toEqual([soldCents, soldCents]);
      expect(soldCents).toBeGreaterThan(0);
    } finally {
      deleteTraces(target);
    }
    expect(existsSync(dataFolder(target))).toBe(false);
  },
);

test('a piece that vanishes from the stock of a real database is found', async () => {
  const target = await freeTarget('monolith');
  const bench = await startCrashBench(target);
  try {
    await bench.buy();
    expect(await bench.offenders()).toEqual([]);
    const file = new Sqlite(databaseFile(target, componentOf(target, 'monolith')));
    file.exec("UPDATE stock SET available = available - 1 WHERE product_id = 'prd_0009'");
    file.close();
    expect(await bench.offenders()).toEqual([expect.stringContaining('prd_0009')]);
  } finally {
    await bench.close();
  }
});

test('the same seed plans the same checkouts, each with a key of its own', () => {
  const plans = planCheckouts(500, 3);
  expect(planCheckouts(500, 3)).toEqual(plans);
  expect(planCheckouts(500, 4)).not.toEqual(plans);
  expect(new Set(plans.map(({ key }) => key)).size).toBe(500);
  const cards = new Set(plans.map(({ body }) => body.cardToken));
  expect(cards).toContain('tok_declined');
  expect(plans.some(({ cancels }) => cancels)).toBe(true);
});

test('a customer takes a verdict for final only when it is one', () => {
  const answer = (status: number, body?: object) => isDefinite({ status, body });
  expect(answer(201, { id: 'ord_1' })).toBe(true);
  expect(answer(402, { code: 'PAYMENT_DECLINED', orderId: 'ord_1' })).toBe(true);
  expect(answer(503, { code: 'INTERRUPTED', orderId: 'ord_1' })).toBe(true);
  expect(answer(503, { code: 'DEPENDENCY_UNAVAILABLE' })).toBe(false);
  expect(answer(500, { code: 'INTERNAL' })).toBe(false);
  expect(answer(409, { code: 'ORDER_IN_PROGRESS', orderId: 'ord_1' })).toBe(false);
  expect(answer(429, { code: 'TOO_MANY_REQUESTS' })).toBe(false);
  expect(answer(0)).toBe(false);
});

test.each([
  [['--orders', 'many'], '--orders is "many": give a whole number from 1 to 100000.'],
  [['--targets', 'serverless'], '--targets names "serverless": choose from'],
  [['--oders', '5'], "Unknown option '--oders'"],
])('the flags %j are refused in one sentence', async (argv, sentence) => {
  await expect(main(argv)).rejects.toThrow(sentence);
});
