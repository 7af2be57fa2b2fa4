// statistics/median-interval.ts: how far off a median can be, whatever the values are distributed like.
// Called by experiments, on measurements or on ratios of blocks.
import { chanceOfAtMost } from './binomial.ts';
import { checkConfidence, type Estimate, withoutInterval } from './estimate.ts';
import { ascending, medianOf, valueAt } from './quantile.ts';

// Sums of powers of a half carry a rounding error; a confidence that is met exactly must stay met.
const rounding = 1e-12;

/**
 * The rank interval of a median: from the r-th smallest to the r-th largest value. Each value falls
 * below the true median with chance 1/2, so how many do is binomial, and r is the largest rank
 * whose coverage is still the confidence asked for. It needs independent values, and no normality.
 * @param confidence more than 0, less than 1
 * @returns `confidence` is the coverage it really has, at least the one asked for; `interval` is
 *   null for too few values: below 6 at 95 %
 * @throws RangeError without a value, for one that is not finite, or for another confidence
 */
export function medianInterval(values: readonly number[], confidence = 0.95): Estimate {
  checkConfidence(confidence);
  const sorted = ascending(values);
  const median = medianOf(values);
  const count = values.length;
  const rank = largestRank(count, (1 - confidence) / 2);
  if (rank === 0) return withoutInterval(median, count, confidence);
  return {
    median,
    interval: { low: valueAt(sorted, rank - 1), high: valueAt(sorted, count - rank) },
    confidence: 1 - 2 * chanceOfAtMost(rank - 1, count, 1 / 2),
    count,
    reason: null,
  };
}

/** @returns 0 when even the smallest value is above the true median too often */
function largestRank(count: number, tail: number): number {
  let rank = 0;
  while (rank < count / 2 && chanceOfAtMost(rank, count, 1 / 2) <= tail + rounding) rank += 1;
  return rank;
}
