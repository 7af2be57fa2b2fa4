// reports-beside-checkout/law.test.ts: the law by hand, and the figures of a story that was made up.
// The shops themselves are tried in rig.test.ts.
import { newId } from '@lab/shared/runtime/call.ts';
import { expect, test } from 'vitest';
import { evaluate } from '../../lab/evaluate.ts';
import type { Block } from '../../lab/result.ts';
import type { Row } from '../../load/results.ts';
import { reportsBesideCheckout } from '../reports-beside-checkout.ts';
import type { Report } from './asking.ts';
import { claims } from './claims.ts';
import { inLineMs, madeAtMs, waitOnLoopP99 } from './law.ts';
import { doubtsOf, lagMsOf, metricsOf, type Story } from './metrics.ts';
import { allPlans, LOOP, plansIn, siteOf } from './plans.ts';

test('of requests spread over a second, one in a hundred waits for all but its last 10 ms', () => {
  const waits = Array.from({ length: 10_000 }, (_, at) => Math.max(0, 250 - at / 10));
  const sorted = waits.sort((a, b) => a - b);
  expect(waitOnLoopP99(250)).toBeCloseTo(sorted[9900] ?? 0, 0);
  expect(waitOnLoopP99(250)).toBe(240);
  expect(waitOnLoopP99(8)).toBe(0);
  expect(waitOnLoopP99(5000)).toBe(990);
});

test('thirty in line take thirty times one', () => expect(inLineMs(250)).toBe(7500));

test('an order’s id says when it was made', () => {
  const before = Date.now();
  const ms = madeAtMs(newId('ord'));
  expect(ms).toBeGreaterThanOrEqual(before);
  expect(ms).toBeLessThanOrEqual(Date.now());
});

const ZERO = 1_700_000_000_000;
const row = (t: number, ms: number, more: Partial<Row> = {}): Row => ({
  ...{ t, ms, lag: 0, op: 'getProduct', feature: 'catalog', outcome: 'ok', status: 200 },
  ...more,
});
const report = (atMs: number, ms: number, asOfMs: number): Report => ({
  ...{ askedAtMs: ZERO + atMs, ms, status: 200, asOfMs: ZERO + asOfMs },
});
const orderAt = (atMs: number) => `ord_${encoded(ZERO + atMs)}0000000000000000`;
function encoded(ms: number): string {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  return Array.from({ length: 10 }, (_, at) => letters[Math.floor(ms / 32 ** (9 - at)) % 32]).join(
    '',
  );
}

/** Ten requests a second of 10 ms; with reports they take 100 ms, in the burst half of them hang. */
const story: Story = {
  zeroMs: ZERO,
  rows: Array.from({ length: 30 }, (_, at) => {
    if (at < 10) return row(at * 100, 10);
    if (at < 20) return row(at * 100, 100);
    return at % 2 === 0 ? row(at * 100, 200) : row(at * 100, 10_000, { outcome: 'hung' });
  }),
  without: { fromMs: 0, toMs: 1000 },
  with: { fromMs: 1000, toMs: 2000 },
  burst: { fromMs: 2000, toMs: 3000 },
  alone: [report(-500, 60, 0), report(-400, 50, 0), report(-300, 70, 0)],
  steady: [report(1000, 80, 900)],
  atOnce: [report(2000, 300, 1900), report(2000, 600, 1900)],
  walBytes: { without: 4_000_000, with: 12_000_000 },
};

test('ratios are those of one load with reports and without', () => {
  expect(metricsOf(story, true)).toMatchObject({
    ...{ p99WithoutMs: 10, p99WithMs: 100, p99Ratio: 10, goodputRatio: 1, goodputBurstRatio: 0.5 },
    // One report takes 60 ms: the law adds 50 to the 10 there were.
    ...{ reportAloneMs: 60, p99OfLaw: 100 / 60, burstDoneMs: 600, burstInLine: 600 / 120 },
    ...{ walWithoutMb: 4, walMb: 12 },
  });
});

test('the law is held against the loop alone, and a WAL that is not there is not measured', () => {
  const apart = metricsOf({ ...story, walBytes: undefined }, false);
  expect(apart).not.toHaveProperty('p99OfLaw');
  expect(apart).not.toHaveProperty('walMb');
});

test('who gave up waited longest', () => {
  expect(metricsOf(story, true).p99BurstMs).toBe(10_000);
});

test('a report is behind by the newest order that its customer was told of before', () => {
  const placed = (atMs: number, ms: number) =>
    row(atMs, ms, { op: 'placeOrder', orderId: orderAt(atMs + 1) });
  const told = { ...story, rows: [placed(100, 20), placed(700, 20), placed(980, 50)] };
  expect(lagMsOf(report(1000, 80, 701), told)).toBe(0);
  expect(lagMsOf(report(1000, 80, 101), told)).toBe(600);
  // The last one was confirmed only after the report was asked for.
  expect(lagMsOf(report(1100, 80, 701), told)).toBe(280);
});

test('a report that was not answered discards the block', () => {
  expect(doubtsOf(story)).toEqual([]);
  const broken = { ...story, steady: [{ ...report(1000, 80, 900), status: 503 }] };
  expect(doubtsOf(broken)).toEqual(['1 reports were not answered with 200']);
});

test('plans have names of their own, and claims name plans', () => {
  const names = allPlans.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
  for (const { arm, versus = arm } of claims)
    expect(names).toEqual(expect.arrayContaining([arm, versus]));
  for (const { versus, twinOf } of allPlans)
    expect([undefined, ...names]).toContain(versus ?? twinOf);
  expect(new Set(plansIn('quick').map(siteOf)).size).toBe(2);
  expect(new Set(plansIn('full').map(siteOf)).size).toBe(4);
});

test('a made-up block is judged and drawn', () => {
  const samples = plansIn('quick').map(({ name }) => {
    return { arm: name, metrics: metricsOf(story, name === LOOP), doubts: [] };
  });
  const block: Block = { index: 0, order: [], samples, otherCpuRatio: 0, discarded: [] };
  const { definition, figures, sentence } = reportsBesideCheckout;
  const evaluation = { ...evaluate(definition, [], [block], 1), sentence: '' };
  expect(evaluation.verdicts).toHaveLength(claims.length);
  expect(figures([block], evaluation)).toHaveLength(3);
  expect(sentence(evaluation, [block])).toContain('10× on the event loop');
});
