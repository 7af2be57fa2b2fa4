// statistics/quantile.test.ts: medians and quantiles worked by hand.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { medianOf, quantileOf } from './quantile.ts';

test('the median is the middle value, or half-way between the two in the middle', () => {
  expect(medianOf([10, 2, 9])).toBe(9);
  expect(medianOf([4, 1, 3, 2])).toBe(2.5);
  expect(medianOf([7])).toBe(7);
});

test('a quantile lies on the straight line between its neighbours', () => {
  // Places 0 to 3; 0.9 is at 0.9 · 3 = 2.7: 30 + 0.7 · (40 − 30)
  expect(quantileOf([40, 10, 30, 20], 0.9)).toBeCloseTo(37, 12);
  // 0.25 is at 0.75: 10 + 0.75 · 10
  expect(quantileOf([40, 10, 30, 20], 0.25)).toBeCloseTo(17.5, 12);
  expect(quantileOf([40, 10, 30, 20], 0)).toBe(10);
  expect(quantileOf([40, 10, 30, 20], 1)).toBe(40);
});

test('numbers are sorted as numbers, and the list of the caller stays as it was', () => {
  const values = [100, 9, 20];
  expect(medianOf(values)).toBe(20);
  expect(values).toEqual([100, 9, 20]);
});

test('a larger q never gives a smaller quantile, and none leaves the range', () => {
  const values = fc.array(fc.integer(), { minLength: 1 });
  const q = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(values, q, q, (list, one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      expect(quantileOf(list, low)).toBeLessThanOrEqual(quantileOf(list, high));
      expect(quantileOf(list, low)).toBeGreaterThanOrEqual(Math.min(...list));
      expect(quantileOf(list, high)).toBeLessThanOrEqual(Math.max(...list));
    }),
  );
});

test('nothing, what is not finite, and a q outside 0 to 1 are refused', () => {
  expect(() => medianOf([])).toThrow('at least one value');
  expect(() => medianOf([1, Number.NaN])).toThrow('finite, not NaN');
  expect(() => quantileOf([1], 1.1)).toThrow('not at 1.1');
});
