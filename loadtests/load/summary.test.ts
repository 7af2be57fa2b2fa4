// load/summary.test.ts: a run is believed only when its numbers agree with each other.
import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';
import type { Outcome } from './outcome.ts';
import { type RunFacts, summaryOf } from './summary.ts';

const facts: RunFacts = {
  runId: 'run',
  startedAtMs: 0,
  durationMs: 1000,
  rateRps: 200,
  arrivals: 'constant',
  scheduled: 200,
  cpuMs: 100,
};

function totalsOf(count: number, lag = 0.1, outcome: Outcome = 'ok') {
  const metrics = createMetrics();
  for (let k = 0; k < count; k += 1) {
    const known = { op: 'getStock', feature: 'inventory', status: 200 } as const;
    metrics.add({ ...known, t: (k * 1000) / 200, lag, ms: 2, outcome });
  }
  return metrics.totals();
}

test('a run that kept its schedule is valid, whatever became of the requests', () => {
  expect(summaryOf(facts, totalsOf(200)).invalid).toEqual([]);
  expect(summaryOf(facts, totalsOf(200, 0.1, 'refused'))).toMatchObject({
    achievedRps: 200,
    invalid: [],
  });
});

test('a missing row, a dropped request and a late generator are each named', () => {
  expect(summaryOf(facts, totalsOf(199)).invalid[0]).toMatch('200 requests were scheduled, 199');
  expect(summaryOf(facts, totalsOf(200, 0, 'dropped')).invalid[0]).toMatch('dropped 200');
  const late = summaryOf(facts, totalsOf(200, 40)).invalid;
  expect(late[0]).toMatch('a second, not 200');
  expect(late[1]).toMatch('ms late');
});

test('nothing sent, and a generator that needs a whole core, are invalid', () => {
  expect(summaryOf({ ...facts, scheduled: 0 }, totalsOf(0)).invalid[0]).toBe('Nothing was sent.');
  expect(summaryOf({ ...facts, cpuMs: 990 }, totalsOf(200)).invalid[0]).toMatch('0.99 cores');
});

test('a generator that spins uses its core by design; late it is invalid all the same', () => {
  const spinning: RunFacts = { ...facts, cpuMs: 1030, wait: 'spin' };
  expect(summaryOf(spinning, totalsOf(200)).invalid).toEqual([]);
  expect(summaryOf(spinning, totalsOf(200, 40)).invalid.join()).toMatch('ms late');
  expect(summaryOf({ ...spinning, wait: 'poll' }, totalsOf(200)).invalid[0]).toMatch('1.03 cores');
});
