// bench/spread.test.ts: medians worked out by hand.
import { expect, test } from 'vitest';
import { spreadOf } from './spread.ts';

test('the median is the middle value, or half-way between the two in the middle', () => {
  expect(spreadOf([10, 2, 9])).toEqual({ median: 9, min: 2, max: 10 });
  expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
  expect(spreadOf([7])).toEqual({ median: 7, min: 7, max: 7 });
});

test('no values have no spread', () => {
  expect(() => spreadOf([])).toThrow(RangeError);
});
