// runtime/backoff.test.ts: the waits between restarts, on a clock that is only numbers.
import { expect, test } from 'vitest';
import { nextDelayMs } from './backoff.ts';

/** The delays of a process whose runs last as long as given. */
function delaysFor(upsMs: readonly number[]): number[] {
  const delays: number[] = [];
  for (const upMs of upsMs) delays.push(nextDelayMs(delays.at(-1), upMs));
  return delays;
}

test('a process that keeps dying waits twice as long each time, ten seconds at most', () => {
  const delays = delaysFor(Array<number>(10).fill(50));
  expect(delays).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000]);
});

test('a run of ten seconds makes the next wait short again', () => {
  expect(delaysFor([50, 50, 50, 10_000, 50])).toEqual([100, 200, 400, 100, 200]);
  expect(delaysFor([50, 50, 9_999])).toEqual([100, 200, 400]);
});

test('a process that counts as well after one second is started again after 100 ms', () => {
  expect(nextDelayMs(400, 1200, 1000)).toBe(100);
  expect(nextDelayMs(400, 900, 1000)).toBe(800);
});
