// experiments/calibration/overload.test.ts: a full core and a failed request spoil a block.
import { expect, test } from 'vitest';
import { overload } from './overload.ts';

const slices = (...all: readonly number[]) =>
  all.map((cpuUsPerRequest) => ({ arm: 'planted' as const, cpuUsPerRequest }));

test('a core with room and answers that fit are no doubt', () => {
  expect(overload(slices(200, 240), 3000, { ok: 9000 })).toEqual([]);
});

test('the busiest slice counts, whatever its arm is on average', () => {
  expect(overload(slices(200, 200, 348), 3000, { ok: 9000 })).toEqual([
    "The servers' core was 104 % busy.",
  ]);
});

test('an error is cheap, and no answer', () => {
  expect(overload(slices(200), 3000, { ok: 8999, error: 1 })).toEqual(['1 requests failed.']);
});
