// statistics/hypotheses.test.ts: the sign test and Holm's adjustment, worked by hand and as properties.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holm, signTest } from './hypotheses.ts';

describe('the sign test', () => {
  test('n values on one side have two chances in 2ⁿ', () => {
    expect(signTest([2, 2, 2, 2, 2])).toBeCloseTo(2 / 32, 12);
    expect(signTest([2, 2, 2, 2, 2, 2])).toBeCloseTo(2 / 64, 12);
    expect(signTest([0.9, 0.8, 0.7])).toBeCloseTo(2 / 8, 12);
  });

  test('nine above and one below have 22 chances in 1024', () => {
    // 2 · (1 + 10)
    expect(signTest([0.5, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toBeCloseTo(22 / 1024, 12);
  });

  test('an even split, ties alone and no values show nothing', () => {
    expect([signTest([0.5, 2]), signTest([1, 1]), signTest([])]).toEqual([1, 1, 1]);
  });

  test('a tie is left out, and what counts as one can be chosen', () => {
    expect(signTest([1, 2, 2, 2])).toBeCloseTo(2 / 8, 12);
    expect(signTest([1, 2, 3], 0)).toBeCloseTo(2 / 8, 12);
  });
});

describe('Holm’s adjustment', () => {
  test('the smallest counts for all, the next for all but one, and none falls below the one before', () => {
    // Ascending 0.005, 0.01, 0.03, 0.04 times 4, 3, 2, 1: 0.02, 0.03, 0.06, 0.04; the last rises to 0.06.
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    for (const [index, expected] of [0.03, 0.06, 0.06, 0.02].entries())
      expect(adjusted[index]).toBeCloseTo(expected, 12);
  });

  test('none becomes more than 1, and one alone stays as it is', () => {
    expect(holm([0.6, 0.7])).toEqual([1, 1]);
    expect(holm([0.04])).toEqual([0.04]);
    expect(holm([])).toEqual([]);
  });

  test('order is kept, and nothing gets smaller nor larger than Bonferroni makes it', () => {
    const chance = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(chance, { minLength: 1, maxLength: 20 }), (pValues) => {
        const adjusted = holm(pValues);
        for (const [index, pValue] of pValues.entries()) {
          const own = adjusted[index] ?? Number.NaN;
          expect(own).toBeGreaterThanOrEqual(pValue);
          expect(own).toBeLessThanOrEqual(Math.min(1, pValue * pValues.length));
          for (const [other, larger] of pValues.entries())
            if (larger >= pValue) expect(adjusted[other]).toBeGreaterThanOrEqual(own);
        }
      }),
    );
  });

  test('a p-value above 1 is refused', () => {
    expect(() => holm([0.5, 5])).toThrow('not at 5');
  });
});
