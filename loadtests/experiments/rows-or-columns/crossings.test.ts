// rows-or-columns/crossings.test.ts: a crossing lies where the ratio is 1.
// Run by `npm test`.
import { expect, test } from 'vitest';
import { crossingOf } from './crossings.ts';

const ratios = (...values: [columns: number, ratio: number][]) =>
  values.map(([columns, ratio]) => ({ columns, ratio }));

test.each([
  ['between two, on a straight line', ratios([1, 0.5], [10, 0.8], [20, 1.2], [40, 2]), 15],
  ['on one that was asked', ratios([1, 0.5], [10, 1]), 10],
  ['before the first', ratios([1, 1.5], [10, 2]), 1],
  ['where it stays', ratios([1, 1.1], [5, 0.5], [10, 1.5]), 7.5],
  ['nowhere', ratios([1, 0.1], [40, 0.9]), undefined],
  ['nowhere without a measurement', [], undefined],
])('%s', (_where, of, expected) => {
  const crossing = crossingOf(of);
  if (expected === undefined) expect(crossing).toBeUndefined();
  else expect(crossing).toBeCloseTo(expected, 9);
});
