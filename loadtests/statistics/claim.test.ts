// statistics/claim.test.ts: when a difference is claimed, and how often its interval holds the truth.
// Run by vitest; how often the whole rule errs is in error-rates.test.ts.
import { seededRandom } from '@lab/shared/domain/random.ts';
import { describe, expect, test } from 'vitest';
import { claimOf } from './claim.ts';
import type { Interval } from './estimate.ts';
import { medianInterval } from './median-interval.ts';
import { lognormal } from './noise.ts';

const between = (low: number, high: number): Interval => ({ low, high });
const quiet = between(0.97, 1.03);

describe('a difference', () => {
  test('is claimed beyond 1 and beyond the A/A interval', () => {
    expect(claimOf({ effect: between(1.1, 1.2), aa: quiet })).toBe('higher');
    expect(claimOf({ effect: between(0.8, 0.9), aa: quiet })).toBe('lower');
  });

  test('is not claimed where the interval holds 1, or touches the A/A interval', () => {
    expect(claimOf({ effect: between(0.9, 1.2), aa: quiet })).toBe('no difference shown');
    expect(claimOf({ effect: between(1.03, 1.2), aa: quiet })).toBe('no difference shown');
    expect(claimOf({ effect: between(0.8, 0.97), aa: quiet })).toBe('no difference shown');
  });

  test('is not claimed where the harness alone makes more of nothing', () => {
    const aa = between(1.1, 1.2);
    const quicker = between(0.8, 0.9);
    expect(claimOf({ effect: between(1.02, 1.05), aa })).toBe('no difference shown');
    expect(claimOf({ effect: between(1.3, 1.4), aa })).toBe('higher');
    expect(claimOf({ effect: between(0.8, 0.9), aa })).toBe('lower');
    expect(claimOf({ effect: between(0.95, 1.2), aa: quicker })).toBe('no difference shown');
    expect(claimOf({ effect: between(0.95, 0.98), aa: quicker })).toBe('no difference shown');
    expect(claimOf({ effect: between(1.02, 1.2), aa: quicker })).toBe('higher');
  });

  test('is not judged without an interval of both', () => {
    expect(claimOf({ effect: null, aa: quiet })).toBe('not judged');
    expect(claimOf({ effect: between(2, 3), aa: null })).toBe('not judged');
  });

  test('can be one of differences, whose neutral value is 0', () => {
    expect(claimOf({ effect: between(2, 3), aa: between(-1, 1), neutral: 0 })).toBe('higher');
  });
});

const trials = 2000;

/** Share of the trials for which it holds. */
function shareOf(trial: (random: () => number) => boolean, seed = 2026): number {
  const random = seededRandom(seed);
  const held = Array.from({ length: trials }, () => trial(random)).filter(Boolean).length;
  return held / trials;
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

describe.each([6, 9, 10, 15])('the rank interval of %i skewed values', (count) => {
  test('holds the true median at least as often as 95 %, and as often as it says', () => {
    let says = 0;
    const covered = shareOf((random) => {
      const values = Array.from({ length: count }, () => lognormal(random, 1));
      const { interval, confidence } = medianInterval(values);
      says = confidence;
      return interval !== null && interval.low <= 1 && interval.high >= 1;
    });
    console.log(`rank interval of ${count}: says ${percent(says)}, covered ${percent(covered)}`);
    expect(covered).toBeGreaterThanOrEqual(0.95);
    // Four standard errors of a share among the trials.
    expect(Math.abs(covered - says)).toBeLessThan(4 * Math.sqrt((says * (1 - says)) / trials));
  });
});
