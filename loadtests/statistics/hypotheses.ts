// statistics/hypotheses.ts: p-values: of one median, and of many claims made at once.
// Called by experiments that compare more than two arms.
import { chanceOfAtMost } from './binomial.ts';
import { valueAt } from './quantile.ts';

/**
 * Exact two-sided sign test: how likely is a split of the values at least as uneven as this one,
 * when their true median is `against`? Values that equal it say nothing and are left out.
 * @param against 1 for ratios
 * @returns 0 to 1; never below 2 / 2ⁿ, so six values are needed to get below 0.05
 */
export function signTest(values: readonly number[], against = 1): number {
  const above = values.filter((value) => value > against).length;
  const below = values.filter((value) => value < against).length;
  return Math.min(1, 2 * chanceOfAtMost(Math.min(above, below), above + below, 1 / 2));
}

/**
 * Holm's step-down adjustment: reject what is at most 0.05 afterwards, and the chance of even one
 * false rejection among all is at most 0.05, however the tests depend on each other.
 * @param pValues 0 to 1, in any order
 * @returns adjusted p-values in the same order, none smaller than before
 * @throws RangeError for a p-value outside 0 to 1
 */
export function holm(pValues: readonly number[]): number[] {
  const wrong = pValues.find((pValue) => !(pValue >= 0 && pValue <= 1));
  if (wrong !== undefined) throw new RangeError(`A p-value lies between 0 and 1, not at ${wrong}.`);
  const adjusted = [...pValues];
  let atLeast = 0;
  for (const [rank, index] of bySize(pValues).entries()) {
    atLeast = Math.max(atLeast, (pValues.length - rank) * valueAt(pValues, index));
    adjusted[index] = Math.min(1, atLeast);
  }
  return adjusted;
}

/** Where the smallest is, then the next, and so on. */
function bySize(values: readonly number[]): number[] {
  return values.map((_, index) => index).sort((a, b) => valueAt(values, a) - valueAt(values, b));
}
