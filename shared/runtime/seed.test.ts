// runtime/seed.test.ts: the past is the same in every process that starts on one day.
// Run by vitest; the clock is passed in.
import { expect, test } from 'vitest';
import { pastOrdersOfToday } from './seed.ts';

const midnight = '2026-11-22T00:00:00.000Z';
const morning = new Date(midnight);
const evening = new Date('2026-11-22T23:59:59.999Z');

test('two processes that start on one day are given the same past', () => {
  const past = [...pastOrdersOfToday(200, morning)];
  expect(past).toHaveLength(200);
  expect([...pastOrdersOfToday(200, evening)]).toEqual(past);
});

test('the past ends at midnight, whenever the process starts', () => {
  for (const { placedAt } of pastOrdersOfToday(500, evening)) {
    expect(placedAt < midnight).toBe(true);
  }
});

test('the next day has another past', () => {
  const [first] = pastOrdersOfToday(1, morning);
  const [next] = pastOrdersOfToday(1, new Date('2026-11-23T00:00:00.000Z'));
  expect(next?.placedAt).not.toBe(first?.placedAt);
});

test('a shop may begin without a past', () => {
  expect([...pastOrdersOfToday(0, morning)]).toEqual([]);
});
