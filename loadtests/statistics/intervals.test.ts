// statistics/intervals.test.ts: intervals of medians and shares, worked by hand and as properties.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chanceOfAtMost } from './binomial.ts';
import { fewestValues } from './estimate.ts';
import { medianInterval } from './median-interval.ts';
import { blockRatios, ratioInterval } from './ratio-interval.ts';
import { binomialInterval, exactBinomialInterval } from './share-interval.ts';

const oneTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const sixOrMore = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 6, maxLength: 40 });

test('binomial sums: at most 2 heads in 10 throws have 56 chances in 1024', () => {
  // 1 + 10 + 45
  expect(chanceOfAtMost(2, 10, 0.5)).toBeCloseTo(56 / 1024, 12);
  // (2/3)³ + 3 · (1/3)(2/3)² = 8/27 + 12/27
  expect(chanceOfAtMost(1, 3, 1 / 3)).toBeCloseTo(20 / 27, 12);
  expect([chanceOfAtMost(-1, 5, 0.5), chanceOfAtMost(5, 5, 0.5)]).toEqual([0, 1]);
  // 0.5 ** 5000 is 0 as a number; the middle of 5001 throws is still 1/2
  expect(chanceOfAtMost(2500, 5001, 0.5)).toBeCloseTo(0.5, 9);
});

describe('the rank interval of a median', () => {
  test('of ten values it reaches from the second smallest to the second largest', () => {
    // P(X ≤ 1) = 11/1024 = 0.0107 ≤ 0.025, but P(X ≤ 2) = 56/1024 = 0.0547 is not: rank 2
    // coverage 1 − 2 · 11/1024 = 0.97852
    const found = medianInterval(oneTo(10).reverse());
    expect(found).toMatchObject({ median: 5.5, interval: { low: 2, high: 9 }, count: 10 });
    expect(found.confidence).toBeCloseTo(1 - 22 / 1024, 12);
  });

  test('of six values it is their range, at 96.9 %', () => {
    // 1 − 2/64
    const found = medianInterval(oneTo(6));
    expect(found).toMatchObject({ interval: { low: 1, high: 6 }, reason: null });
    expect(found.confidence).toBeCloseTo(62 / 64, 12);
  });

  test('five values cannot give 95 %, and it says so', () => {
    // 1 − 2/32 = 0.9375
    expect(medianInterval(oneTo(5))).toEqual({
      median: 3,
      interval: null,
      confidence: 0.9375,
      count: 5,
      reason:
        '5 values cannot give 95 %: even the range of all holds the true median in only 93.75 % of ' +
        'cases; measure at least 6.',
    });
    expect(medianInterval([1]).reason).toMatch('1 value cannot give 95 %');
  });

  test('a confidence that is met exactly is met, whatever the rounding of its sum', () => {
    for (let count = 2; count <= 40; count += 1) {
      const exactly = 1 - 2 ** (1 - count);
      expect(medianInterval(oneTo(count), exactly).interval).toEqual({ low: 1, high: count });
      // P(X ≤ 1) = (1 + n) / 2ⁿ
      const second = 1 - (1 + count) * 2 ** (1 - count);
      if (count >= 4)
        expect(medianInterval(oneTo(count), second).interval).toEqual({ low: 2, high: count - 1 });
    }
  });

  test('five give exactly the 93.75 % that they have', () => {
    expect(medianInterval(oneTo(5), 0.9375).interval).toEqual({ low: 1, high: 5 });
    expect([fewestValues(0.9375), fewestValues(0.95), fewestValues(0.99)]).toEqual([5, 6, 8]);
  });

  test('it holds the median, and covers at least what was asked for', () => {
    fc.assert(
      fc.property(sixOrMore, fc.constantFrom(0.5, 0.8, 0.9, 0.95), (values, asked) => {
        const { median, interval, confidence } = medianInterval(values, asked);
        expect(interval?.low).toBeLessThanOrEqual(median);
        expect(interval?.high).toBeGreaterThanOrEqual(median);
        expect(confidence).toBeGreaterThanOrEqual(asked - 1e-9);
      }),
    );
  });

  test('a confidence of 95 instead of 0.95 is refused', () => {
    expect(() => medianInterval(oneTo(10), 95)).toThrow('as 0.95 does, not at 95');
  });
});

describe('ratios block by block', () => {
  const pairs = (ratios: readonly number[]) =>
    ratios.map((ratio, index) => ({ baseline: 10 ** index, measured: ratio * 10 ** index }));

  test('what a whole block shares cancels out', () => {
    expect(blockRatios(pairs([2, 3, 0]))).toEqual([2, 3, 0]);
  });

  test('a block without a ratio is named', () => {
    expect(() => blockRatios([...pairs([1]), { measured: 1, baseline: 0 }])).toThrow('Block 2');
  });

  test('blocks that all agree leave no doubt', () => {
    expect(ratioInterval(pairs([2, 2, 2, 2, 2, 2]))).toEqual({
      median: 2,
      interval: { low: 2, high: 2 },
      confidence: 0.95,
      count: 6,
      reason: null,
    });
  });

  test('five blocks cannot give 95 % here either', () => {
    const found = ratioInterval(pairs([1, 2, 3, 4, 5]));
    expect(found).toMatchObject({ median: 3, interval: null, confidence: 0.9375 });
    expect(found.reason).toMatch('5 values cannot give 95 %');
  });

  test('it ends where few medians of resamples lie beyond', () => {
    // Seven blocks: the median of a resample is at most the 2nd smallest when 4 or more of 7 draws hit
    // the lower two: P(X ≥ 4), X of 7 at 2/7, is 0.120; for the smallest alone, at 1/7, it is
    // 35 · 6³/7⁷ + 21 · 6²/7⁷ + 7 · 6/7⁷ + 1/7⁷ = 8359/823,543 = 0.010 < 0.025. So it ends at the 2nd.
    const { interval } = ratioInterval(pairs([1, 2, 3, 4, 5, 6, 7]));
    expect(interval).toEqual({ low: 2, high: 6 });
  });

  test('the same seed repeats it, and the interval holds the median', () => {
    fc.assert(
      fc.property(sixOrMore, fc.integer(), (ratios, seed) => {
        const blocks = ratios.map((measured) => ({ measured, baseline: 1 }));
        const found = ratioInterval(blocks, { seed, resamples: 200 });
        expect(ratioInterval(blocks, { seed, resamples: 200 })).toEqual(found);
        expect(found.interval?.low).toBeLessThanOrEqual(found.median);
        expect(found.interval?.high).toBeGreaterThanOrEqual(found.median);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the interval of a share', () => {
  test('by Wilson, 8 of 10 is 49 to 94 %', () => {
    // z² = 3.8415; middle (0.8 + 0.19207) / 1.38415 = 0.71674;
    // reach 1.95996 / 1.38415 · √(0.016 + 0.0096037) = 1.41600 · 0.160012 = 0.22658
    const { low, high } = binomialInterval(8, 10);
    expect(low).toBeCloseTo(0.49016, 4);
    expect(high).toBeCloseTo(0.94332, 4);
  });

  test('nothing lost in 100 is still up to 3.7 % by Wilson, and 3.6 % exactly', () => {
    // Wilson: z² / (100 + z²) = 3.8415 / 103.8415. Exact: (1 − p)¹⁰⁰ = 0.025.
    expect(binomialInterval(0, 100)).toMatchObject({ low: 0 });
    expect(binomialInterval(0, 100).high).toBeCloseTo(0.036994, 5);
    expect(exactBinomialInterval(0, 100).high).toBeCloseTo(1 - 0.025 ** 0.01, 9);
    expect(exactBinomialInterval(0, 100).low).toBeCloseTo(0, 9);
  });

  test('both hold the share, stay within 0 and 1, and mirror when failures are counted instead', () => {
    const counts = fc
      .integer({ min: 1, max: 300 })
      .chain((trials) =>
        fc.record({ trials: fc.constant(trials), successes: fc.nat({ max: trials }) }),
      );
    fc.assert(
      fc.property(counts, ({ successes, trials }) => {
        for (const interval of [binomialInterval, exactBinomialInterval]) {
          const { low, high } = interval(successes, trials);
          const failures = interval(trials - successes, trials);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(successes / trials + 1e-12);
          expect(high).toBeGreaterThanOrEqual(successes / trials - 1e-12);
          expect(high).toBeLessThanOrEqual(1);
          expect(failures.low).toBeCloseTo(1 - high, 9);
        }
      }),
    );
  });

  test('more successes than trials, and half a trial, are refused', () => {
    expect(() => binomialInterval(3, 2)).toThrow('3 of 2');
    expect(() => exactBinomialInterval(0.5, 2)).toThrow('0.5 of 2');
  });
});
