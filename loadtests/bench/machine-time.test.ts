// bench/machine-time.test.ts: other people's CPU time, worked out by hand.
import { expect, test } from 'vitest';
import { busyFrom, otherShare } from './machine-time.ts';

test('busy is everything but idle and iowait, in ms', () => {
  expect(busyFrom('cpu  10 1 5 900 50 2 3 4 0 0\ncpu0 1 1 1 1')).toBe(250);
});

test('others are the busy time that no process of ours explains', () => {
  const from = { busyMs: 1000, oursMs: 100, atMs: 0 };
  const to = { busyMs: 2500, oursMs: 1100, atMs: 1000 };
  // 1,500 ms busy, 1,000 ms of them ours, in 1 s on 2 cores.
  expect(otherShare(from, to, 0, 2)).toBe(0.25);
  expect(otherShare(from, to, 400, 2)).toBe(0.05);
  expect(otherShare(from, to, 600, 2)).toBe(0);
});

test('where the machine does not tell, nothing is claimed', () => {
  const silent = { busyMs: undefined, oursMs: 0, atMs: 0 };
  expect(otherShare(silent, silent)).toBeUndefined();
});
