// slowest-component/law.test.ts: the law by hand, and figures from a story that was made up.
// The chain itself is tried in chain.test.ts.
import { expect, test } from 'vitest';
import type { Plan } from './arms.ts';
import type { ChainFacts, StageFacts } from './chain.ts';
import { billedByCallMs, billedByQueueMs, throughputOf } from './law.ts';
import { metricsOf, type Story } from './metrics.ts';

test('20, 20 and 200 ms are billed 660 by call and 240 by queue', () => {
  // 240 in the first, which waits for all; 220 in the second; 200 in the last: 660.
  expect(billedByCallMs([20, 20, 200])).toBe(20 + 2 * 20 + 3 * 200);
  expect(billedByQueueMs([20, 20, 200])).toBe(240);
});

test('four places for 200 ms are twenty orders a second, whatever the quick stages could do', () => {
  expect(throughputOf([20, 20, 200], 4)).toBe(20);
});

const stage = (at: number, invocations: number, workMs: number): StageFacts => ({
  ...{ coupling: 'queue', stage: at, invocations, workMs },
  ...{ billedMs: workMs + 100, coldStarts: 1, environments: 2 },
});
const facts: ChainFacts = {
  ...{ done: 2, deadLettered: 0, queued: [0, 0, 0], mappingCalls: 10 },
  stages: [stage(0, 3, 66), stage(1, 3, 66), stage(2, 3, 606)],
};
const attempt = (id: string, meantAtMs: number, acknowledgedAtMs: number | null) => ({
  ...{ id, meantAtMs, sentAtMs: meantAtMs, acknowledgedAtMs },
});
const story: Story = {
  attempts: [attempt('a', 1000, 1004), attempt('b', 1200, 1206), attempt('c', 1400, null)],
  looks: [
    { atMs: 1100, accepted: 1, facts: { ...facts, done: 0, queued: [1, 0, 0] } },
    { atMs: 1300, accepted: 2, facts: { ...facts, done: 0, queued: [0, 0, 1] } },
  ],
  facts,
  done: { times: { a: 1250, b: 1470 }, putAside: [], repeats: 1 },
  ...{ diedAtMs: 1300, revivedAtMs: 1950 },
};
const plan: Plan = { name: 'some', coupling: 'queue', orders: 3, rateRps: 5, deadMs: 650 };

test('latencies count from the intended time, and of those that were taken on', () => {
  const { ackMsP50, doneMsP50 } = metricsOf(plan, story);
  expect([ackMsP50, doneMsP50]).toEqual([5, 260]);
});

test('an order that a look finds nowhere is missing, one that came to its end is not lost', () => {
  const metrics = metricsOf(plan, story);
  expect([metrics.missing, metrics.lost, metrics.repeats, metrics.backlog]).toEqual([1, 0, 1, 1]);
  // Another order that was refused and done all the same hides nothing.
  const times = { a: 1250, c: 1470 };
  const gone = metricsOf(plan, { ...story, done: { ...story.done, times } });
  expect(gone.lost).toBe(1);
});

test('only an order that is itself among the dead letters is not lost', () => {
  const lostWith = (putAside: string[]) =>
    metricsOf(plan, { ...story, done: { ...story.done, times: { a: 1250 }, putAside } }).lost;
  expect([lostWith([]), lostWith(['b']), lostWith(['another'])]).toEqual([1, 0, 1]);
});

test('of those who came in the outage all were refused', () => {
  expect(metricsOf(plan, story)).toMatchObject({ failedRatio: 1, drainMs: 0 });
});

test('an order is billed for all attempts, and each call of the queues is paid for', () => {
  const { billedMs, sqsCalls, dollarsPerMillion } = metricsOf(plan, story);
  // 738 ms for two orders; ten calls of the mappings, two sends of customers, six to next queues.
  expect([billedMs, sqsCalls]).toEqual([369, 9]);
  // 1.038 s × 1/8 GB × 0.0000166667 + 9 × 0.2e-6 + 18 × 0.4e-6, for two orders.
  expect(dollarsPerMillion).toBeCloseTo(5.58125, 4);
});
