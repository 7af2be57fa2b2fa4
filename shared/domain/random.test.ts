// domain/random.test.ts: seeded randomness repeats itself and has the shape it promises.
// Run by vitest; seeds are fixed, so a verdict here never changes by chance.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { poissonGapMs, seededRandom, weightedPicker } from './random.ts';

// Chi-square with 9 degrees of freedom: 1 sample in 1000 lies below the first, 1 above the second.
const tooEven = 1.152;
const tooUneven = 27.877;
const seeds = [0, 1, 42, 2026, -1];

/** Sum of (seen - expected)² / expected. */
const chiSquare = (seen: readonly number[], expected: readonly number[]): number =>
  seen.reduce(
    (sum, count, bin) => sum + (count - (expected[bin] ?? 0)) ** 2 / (expected[bin] ?? 0),
    0,
  );

function inTenBins(draw: () => number, draws: number): number[] {
  const bins = Array.from({ length: 10 }, () => 0);
  for (let index = 0; index < draws; index += 1) {
    const bin = Math.floor(draw() * 10);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}

const uniformity = (draw: () => number): number =>
  chiSquare(
    inTenBins(draw, 100_000),
    Array.from({ length: 10 }, () => 10_000),
  );

test('the yardstick: 12, 8 and 10 where 10 were expected make 0.8 of chi-square', () => {
  // (4 + 4 + 0) / 10
  expect(chiSquare([12, 8, 10], [10, 10, 10])).toBeCloseTo(0.8, 12);
});

describe('seeded randomness', () => {
  test('it is mulberry32, as its author’s C code computes it', () => {
    const random = seededRandom(42);
    expect([random(), random(), random()]).toEqual([
      0.6011037519201636, 0.44829055899754167, 0.8524657934904099,
    ]);
  });

  test('the same seed repeats the sequence, and another seed has another', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (seed, other) => {
        fc.pre(seed !== other);
        const sequence = (from: number) => Array.from({ length: 5 }, seededRandom(from));
        expect(sequence(seed)).toEqual(sequence(seed));
        expect(sequence(seed)).not.toEqual(sequence(other));
      }),
    );
  });

  test('two generators of one seed do not disturb each other', () => {
    const [one, other] = [seededRandom(7), seededRandom(7)];
    const alone = Array.from({ length: 4 }, seededRandom(7));
    expect(
      [one(), one(), other(), one(), other(), one()].filter((_, at) => at !== 2 && at !== 4),
    ).toEqual(alone);
  });

  test('every number is at least 0 and below 1', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed);
        for (let index = 0; index < 100; index += 1) {
          const drawn = random();
          expect(drawn >= 0 && drawn < 1).toBe(true);
        }
      }),
    );
  });

  test.each(seeds)(
    '100,000 numbers of seed %i fill ten bins evenly, but not too evenly',
    (seed) => {
      const found = uniformity(seededRandom(seed));
      expect(found).toBeGreaterThan(tooEven);
      expect(found).toBeLessThan(tooUneven);
    },
  );

  test('that check would catch a generator that leans by one percent, and one that only counts', () => {
    const random = seededRandom(1);
    expect(uniformity(() => random() ** 1.02)).toBeGreaterThan(tooUneven);
    let count = 0;
    expect(uniformity(() => (count++ % 1000) / 1000)).toBeLessThan(tooEven);
  });
});

describe('gaps between arrivals', () => {
  test('the median gap at 2 a second is 346.57 ms: ln 2 / 2 seconds', () => {
    expect(poissonGapMs(() => 0.5, 2)).toBeCloseTo(346.5736, 4);
  });

  test('the smallest draw makes no gap and the largest a finite one', () => {
    expect(poissonGapMs(() => 0, 100)).toBeCloseTo(0, 12);
    // 32 ln 2 seconds, for the largest number below 1 that 32 bits can say
    expect(poissonGapMs(() => 1 - 2 ** -32, 1)).toBeCloseTo(22_180.7098, 3);
  });

  test.each(seeds)(
    '100,000 gaps of seed %i at 50 a second: mean and deviation are 20 ms',
    (seed) => {
      const random = seededRandom(seed);
      const gaps = Array.from({ length: 100_000 }, () => poissonGapMs(random, 50));
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
      const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
      // The standard error of the mean is 20 / √100,000 = 0.063 ms; that of the deviation is √2 times
      // as much, for an exponential's fourth moment is 9σ⁴. Four of each.
      expect(Math.abs(mean - 20)).toBeLessThan(0.253);
      expect(Math.abs(Math.sqrt(variance) - 20)).toBeLessThan(0.358);
    },
  );

  test.each([0, -1, Number.NaN])('a rate of %d is refused', (rateRps) => {
    expect(() => poissonGapMs(() => 0.5, rateRps)).toThrow(RangeError);
  });
});

describe('weighted picks', () => {
  test('weights 1, 0 and 3 share the draws at a quarter', () => {
    const pick = weightedPicker([
      ['teapot', 1],
      ['nothing', 0],
      ['pencil', 3],
    ]);
    const drawn = [0, 0.2499, 0.25, 0.9999].map((number) => pick(() => number));
    expect(drawn).toEqual(['teapot', 'teapot', 'pencil', 'pencil']);
  });

  test('ten weights are drawn in proportion', () => {
    const weights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 55];
    const pick = weightedPicker(weights.map((weight, bin) => [bin / 10, weight] as const));
    const random = seededRandom(11);
    const seen = inTenBins(() => pick(random) + 0.05, 100_000);
    // The weights add up to 100, so each is a thousand draws.
    expect(
      chiSquare(
        seen,
        weights.map((weight) => weight * 1000),
      ),
    ).toBeLessThan(tooUneven);
  });

  test('an item is drawn only where it has weight', () => {
    const weighted = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 })), { minLength: 1 });
    fc.assert(
      fc.property(weighted, fc.integer(), (pairs, seed) => {
        fc.pre(pairs.some(([, weight]) => weight > 0));
        const pairOf = weightedPicker(pairs.map((pair) => [pair, pair[1]] as const));
        expect(pairOf(seededRandom(seed))[1]).toBeGreaterThan(0);
      }),
    );
  });

  test('nothing to pick from is refused', () => {
    expect(() => weightedPicker([])).toThrow(RangeError);
    expect(() => weightedPicker([['teapot', 0]])).toThrow(RangeError);
  });
});
