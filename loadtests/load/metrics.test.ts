// load/metrics.test.ts: counts and percentiles against values worked by hand.
import { expect, test } from 'vitest';
import { createHistogram, latencyOf, merged, recordMs } from './latency.ts';
import { createMetrics } from './metrics.ts';
import type { Row } from './results.ts';

const row = (change: Partial<Row>): Row => ({
  t: 0,
  lag: 0.1,
  ms: 10,
  op: 'getProduct',
  feature: 'catalog',
  outcome: 'ok',
  status: 200,
  ...change,
});
const metricsOfRows = (...rows: Row[]) => {
  const metrics = createMetrics();
  for (const one of rows) metrics.add(one);
  return metrics;
};
/** Two significant digits: right to 1 % of the value. */
const near = (actual: number | undefined, value: number) =>
  expect(Math.abs((actual ?? Number.NaN) / value - 1)).toBeLessThan(0.011);

test('of 1 to 100 ms the median is 50, the 90th 90, the 99th 99 and the slowest 100', () => {
  const histogram = createHistogram();
  for (let ms = 100; ms >= 1; ms -= 1) recordMs(histogram, ms);
  const latency = latencyOf(histogram);
  expect(latency?.count).toBe(100);
  near(latency?.latencyMsP50, 50);
  near(latency?.latencyMsP90, 90);
  near(latency?.latencyMsP99, 99);
  near(latency?.latencyMsMax, 100);
});

test('a tenth of a millisecond is seen', () => {
  near(metricsOfRows(row({ ms: 0.1 })).totals().latency?.latencyMsP50, 0.1);
});

test('percentiles are merged, not averaged', () => {
  // 98 requests of 1 ms in one second, 2 of 1,000 ms in the next: averaging would say 500 ms.
  const [fast, slow] = [createHistogram(), createHistogram()];
  for (let count = 0; count < 98; count += 1) recordMs(fast, 1);
  for (let count = 0; count < 2; count += 1) recordMs(slow, 1000);
  const latency = latencyOf(merged([fast, slow]));
  near(latency?.latencyMsP50, 1);
  near(latency?.latencyMsP99, 1000);
});

test('a request counts in the second it was meant to leave in', () => {
  const metrics = metricsOfRows(
    row({ t: 999.9, lag: 50, ms: 4000 }),
    row({ t: 1000 }),
    row({ t: 1000.5, feature: 'orders', op: 'placeOrder', outcome: 'hung', ms: 2000 }),
  );
  expect(metrics.second(0)?.features.catalog?.sent).toBe(1);
  expect(metrics.second(1)?.features.catalog?.sent).toBe(1);
  expect(metrics.second(1)?.features.orders?.outcomes.hung).toBe(1);
  expect(metrics.second(2)).toBeUndefined();
  expect(metrics.seconds().map(({ second }) => second)).toEqual([0, 1]);
});

test('only useful answers have a latency, and none is a gap', () => {
  const metrics = metricsOfRows(
    row({ outcome: 'refused', ms: 0.2, status: 0, reason: 'refused' }),
    row({ outcome: 'hung', ms: 2000, status: 0, reason: 'deadline' }),
    row({ outcome: 'refused', ms: 0.2, status: 0, reason: 'refused' }),
  );
  expect(metrics.totals()).toMatchObject({
    sent: 3,
    latency: null,
    reasons: { refused: 2, deadline: 1 },
    outcomes: { refused: 2, hung: 1, ok: 0 },
  });
});

test('totals by feature and by operation add up to the whole', () => {
  const totals = metricsOfRows(
    row({}),
    row({ t: 1500, op: 'listProducts', ms: 30 }),
    row({ t: 2500, op: 'getStock', feature: 'inventory', outcome: 'wrong', reason: 'schema' }),
  ).totals();
  expect(totals.byFeature.catalog?.sent).toBe(2);
  near(totals.byFeature.catalog?.latency?.latencyMsMax, 30);
  expect(Object.keys(totals.byOperation)).toEqual(['getProduct', 'listProducts', 'getStock']);
  expect(totals.byFeature.inventory?.outcomes.wrong).toBe(1);
});
