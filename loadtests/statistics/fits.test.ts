// statistics/fits.test.ts: a line and the scalability law, by hand and found again in their points.
import { seededRandom } from '@lab/shared/domain/random.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitLine } from './line.ts';
import { lognormal } from './noise.ts';
import { fitUsl, uslThroughput } from './usl.ts';

describe('a line', () => {
  test('of four points, worked by hand', () => {
    // x̄ = 1.5, ȳ = 3.5; Σ(x−x̄)² = 5; Σ(x−x̄)(y−ȳ) = −1.5·−2.5 + −0.5·−0.5 + 0.5·−0.5 + 1.5·3.5 = 9
    // slope 9/5, intercept 3.5 − 1.5 · 1.8 = 0.8; expected 0.8, 2.6, 4.4, 6.2
    // residuals 0.2, 0.4, −1.4, 0.8: squares 2.8; Σ(y−ȳ)² = 6.25 + 0.25 + 0.25 + 12.25 = 19
    const line = fitLine([0, 1, 2, 3], [1, 3, 3, 7]);
    expect(line.slope).toBeCloseTo(1.8, 12);
    expect(line.intercept).toBeCloseTo(0.8, 12);
    expect(line.r2).toBeCloseTo(1 - 2.8 / 19, 12);
    expect(line.residualMax).toBeCloseTo(1.4, 12);
  });

  test('that is flat explains all there is to explain', () => {
    expect(fitLine([1, 2, 3], [5, 5, 5])).toEqual({
      slope: 0,
      intercept: 5,
      r2: 1,
      residualMax: 0,
    });
  });

  test('is found again in points made of it', () => {
    const whole = fc.integer({ min: -100, max: 100 });
    fc.assert(
      fc.property(whole, whole, (slope, intercept) => {
        const xs = [0, 1, 2, 5, 9];
        const line = fitLine(
          xs,
          xs.map((x) => intercept + slope * x),
        );
        expect(line.slope).toBeCloseTo(slope, 9);
        expect(line.intercept).toBeCloseTo(intercept, 9);
        expect(line.residualMax).toBeCloseTo(0, 9);
      }),
    );
  });

  test('needs two different x and a y for each', () => {
    expect(() => fitLine([1, 1], [2, 3])).toThrow(RangeError);
    expect(() => fitLine([1, 2], [2])).toThrow(RangeError);
  });
});

describe('the scalability law', () => {
  const sizes = [1, 2, 4, 8, 16];
  const pointsOf = (law: { lambda: number; sigma: number; kappa: number }) =>
    sizes.map((n) => ({ n, throughput: uslThroughput(law, n) }));

  test('worked by hand: 1000 of one, 10 % contention and 1 % crosstalk give 1333 of two', () => {
    // 2000 / (1 + 0.1 + 0.01 · 2 · 1) = 2000 / 1.12
    const law = { lambda: 1000, sigma: 0.1, kappa: 0.01 };
    expect(uslThroughput(law, 2)).toBeCloseTo(2000 / 1.12, 9);
    expect(uslThroughput(law, 1)).toBe(1000);
  });

  test('is found again in points made of it', () => {
    const share = fc.double({ min: 0, max: 0.5, noNaN: true });
    const lambda = fc.double({ min: 1, max: 20_000, noNaN: true });
    fc.assert(
      fc.property(lambda, share, share, (one, sigma, kappa) => {
        const usl = fitUsl(pointsOf({ lambda: one, sigma, kappa }));
        expect(usl.lambda / one).toBeCloseTo(1, 6);
        expect(usl.sigma).toBeCloseTo(sigma, 6);
        expect(usl.kappa).toBeCloseTo(kappa, 6);
        expect(usl.r2).toBeCloseTo(1, 6);
      }),
    );
  });

  test('is found within a fifth under 2 % of noise', () => {
    const random = seededRandom(3);
    const law = { lambda: 500, sigma: 0.1, kappa: 0.01 };
    const noisy = [1, 2, 3].flatMap(() =>
      pointsOf(law).map(({ n, throughput }) => ({
        n,
        throughput: throughput * lognormal(random, 0.02),
      })),
    );
    const usl = fitUsl(noisy);
    expect(usl.lambda / law.lambda).toBeCloseTo(1, 1);
    expect(Math.abs(usl.sigma / law.sigma - 1)).toBeLessThan(0.2);
    expect(Math.abs(usl.kappa / law.kappa - 1)).toBeLessThan(0.2);
  });

  test('more than linear gain is no negative contention', () => {
    const usl = fitUsl(sizes.map((n) => ({ n, throughput: 100 * n ** 1.2 })));
    expect([usl.sigma, usl.kappa]).toEqual([0, 0]);
    expect(usl.lambda).toBeGreaterThan(100);
  });

  test('contention that would come out negative is held at 0, and crosstalk is fitted without it', () => {
    // n/X = 1, 0.98, 1.30, 3.10 for 1, 2, 4, 8 would want a negative σ.
    const usl = fitUsl(
      [1, 0.98, 1.3, 3.1].map((each, index) => ({ n: 2 ** index, throughput: 2 ** index / each })),
    );
    expect(usl.sigma).toBe(0);
    expect(usl.kappa).toBeGreaterThan(0.01);
  });

  test('needs three different sizes', () => {
    const two = [1, 1, 2].map((n) => ({ n, throughput: n }));
    expect(() => fitUsl(two)).toThrow('three different n');
  });
});
