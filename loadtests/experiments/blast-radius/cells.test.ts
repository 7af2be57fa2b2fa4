// experiments/blast-radius/cells.test.ts: one trial's rows as the metrics of its sample; all by hand.
// Run by `npm test`.
import type { Feature } from '@lab/shared/contract/operation.ts';
import { expect, test } from 'vitest';
import type { Trial } from '../../lab/trial.ts';
import type { Outcome } from '../../load/outcome.ts';
import type { Row } from '../../load/results.ts';
import { type BlowPlan, blows } from './blows.ts';
import { sampleOf, type TrialDetail } from './cells.ts';

const windowMs = 3000;
const calm: Trial = {
  blow: 'any',
  refused: null,
  steadyFromMs: 0,
  struckAtMs: 1000,
  revertedAtMs: 2000,
  wellAtMs: 2100,
  endedAtMs: 6000,
  diedAtMs: null,
  readyAtMs: null,
};

const rowAt = (t: number, feature: Feature, outcome: Outcome = 'ok', ms = 5): Row => ({
  t,
  lag: 0,
  ms,
  op: 'any',
  feature,
  outcome,
  status: 200,
});
const lostAt = (t: number, feature: Feature, ms = 5) => rowAt(t, feature, 'error', ms);

const blowNamed = (name: string) => blows.find((blow) => blow.name === name) as BlowPlan;

function sampled(name: string, trial: Partial<Trial>, rows: Row[], predicted?: Feature[]) {
  const dealt = { target: 'microservices', blow: blowNamed(name), predicted, windowMs };
  return sampleOf({ ...dealt, trial: { ...calm, ...trial } }, rows);
}

test('what is counted begins with the strike and is as long for every trial', () => {
  const rows = [999, 1000, 3999, 4000].map((t) => lostAt(t, 'orders'));
  for (const endedAtMs of [4500, 9000]) {
    const { metrics, detail, arm } = sampled('exception in payments', { endedAtMs }, rows);
    expect(arm).toBe('microservices: exception in payments');
    expect(metrics.lostRequests).toBe(2);
    expect((detail as TrialDetail).byFeature.orders.sent).toBe(2);
  }
});

test('one lost request touches nothing, two do; losses elsewhere are collateral', () => {
  const rows = [lostAt(1100, 'reports'), lostAt(1200, 'orders'), lostAt(1300, 'orders')];
  const { metrics } = sampled('crash in orders', {}, [...rows, rowAt(1400, 'catalog')]);
  expect(metrics).toMatchObject({ featuresTouched: 1, lostRequests: 3, collateralRatio: 0.5 });
});

test('features touched or spared against the prediction are counted; without one, nothing is', () => {
  const rows = [1100, 1200].flatMap((t) => [lostAt(t, 'payments'), lostAt(t, 'reports')]);
  const surprised = sampled('exception in payments', {}, rows, ['payments', 'orders']);
  expect(surprised.metrics).toMatchObject({ touchedUnpredicted: 1, sparedPredicted: 1 });
  const silent = sampled('exception in payments', {}, rows).metrics;
  expect(silent).not.toHaveProperty('touchedUnpredicted');
  expect(silent).not.toHaveProperty('sparedPredicted');
});

test('a shop that is not well again is a finding, no doubt', () => {
  const sample = sampled('exception in payments', { wellAtMs: null }, []);
  expect(sample).toMatchObject({ metrics: { notWell: 1 }, doubts: [] });
  expect(sampled('exception in payments', {}, []).metrics.notWell).toBe(0);
});

test('a blow that was refused, or a fatal one of which nothing died, is a doubt', () => {
  const refused = sampled('crash in payments', { refused: 'payments refused the fault' }, []);
  expect(refused.doubts).toEqual(['payments refused the fault']);
  expect(sampled('crash in payments', {}, []).doubts).toEqual([
    'nothing died of the crash in payments',
  ]);
  expect(sampled('crash in payments', { diedAtMs: 1010 }, []).doubts).toEqual([]);
});

test('detected is the first loss that a customer knew of, not the first to be sent', () => {
  const rows = [lostAt(1010, 'orders', 1000), lostAt(1200, 'payments', 4), lostAt(1500, 'orders')];
  expect(sampled('hang in payments', {}, rows).metrics).toMatchObject({
    detectMs: 204,
    outageMs: 490,
  });
  expect(sampled('hang in payments', {}, []).metrics).not.toHaveProperty('detectMs');
});

test('away is from the death to one look before readiness: a share of this trial alone', () => {
  const rows = [1005, 1100, 1379].map((t) => lostAt(t, 'orders'));
  const early = rowAt(1300, 'orders');
  // Served within the last look: the process was back, though nobody had seen it yet.
  const late = rowAt(1385, 'orders');
  const lives = { diedAtMs: 1004, readyAtMs: 1400 };
  const { metrics } = sampled('crash in payments', lives, [...rows, early, late]);
  expect(metrics).toMatchObject({ lostWhileAway: 0.75, restartMs: 396 });
  expect(sampled('crash in payments', { diedAtMs: 1004 }, rows).metrics).not.toHaveProperty(
    'lostWhileAway',
  );
});

test.each([
  ['taken back', 'exception in payments', {}, 1000],
  ['worn off, where it goes on by itself', 'hang in payments', {}, 2500],
  ['worn off, where nobody could take it back', 'db-lock in payments', {}, 2500],
  ['taken back, where the event loop was free', 'pool in payments', { revertedAtMs: 3000 }, 2000],
  ['its process was there', 'crash in payments', { diedAtMs: 1010, readyAtMs: 1700 }, 700],
  ['the end, where that never came', 'crash in payments', { diedAtMs: 1010 }, 5000],
])('a fault is in force until it was %s', (_, name, trial, inForceMs) => {
  expect((sampled(name, trial, []).detail as TrialDetail).inForceMs).toBe(inForceMs);
});
