// statistics/ratio-interval.ts: how many times as much, block by block, with a bootstrap interval.
// Called by experiments that measure two arms side by side in each block.
import { seededRandom } from '@lab/shared/domain/random.ts';
import { checkConfidence, type Estimate, fewestValues, withoutInterval } from './estimate.ts';
import { medianOf, quantileOf, valueAt } from './quantile.ts';

/** What one block measured of both arms, in the same unit. */
export interface BlockPair {
  /** ≥ 0 */
  readonly measured: number;
  /** More than 0. */
  readonly baseline: number;
}

export interface Bootstrap {
  /** More than 0, less than 1; 0.95 unless told. */
  readonly confidence?: number;
  /** 2000 unless told; the ends of the interval wobble by less the more there are. */
  readonly resamples?: number;
  /** The same seed gives the same interval; 1 unless told. */
  readonly seed?: number;
}

/**
 * `measured / baseline` of each block. What slows a whole block down cancels out.
 * @throws RangeError naming the first block that has no ratio
 */
export function blockRatios(pairs: readonly BlockPair[]): number[] {
  return pairs.map(({ measured, baseline }, index) => {
    const ratio = measured / baseline;
    if (measured >= 0 && baseline > 0 && Number.isFinite(ratio)) return ratio;
    throw new RangeError(`Block ${index + 1} has no ratio: ${measured} to ${baseline}.`);
  });
}

/**
 * The median of the blocks' ratios with a percentile bootstrap interval: blocks are drawn with
 * replacement, as many as there are, and the middle share of the medians is the interval.
 * With few blocks it is narrower than it says: docs/statistics.md has the figures.
 * Where the promise must hold, take `medianInterval(blockRatios(pairs))`.
 * @returns `confidence` is the one asked for; `interval` is null below 6 blocks at 95 %
 * @throws RangeError without a block, or for one without a ratio
 */
export function ratioInterval(
  pairs: readonly BlockPair[],
  { confidence = 0.95, resamples = 2000, seed = 1 }: Bootstrap = {},
): Estimate {
  checkConfidence(confidence);
  const ratios = blockRatios(pairs);
  const count = ratios.length;
  const median = medianOf(ratios);
  // No resample reaches beyond the smallest and largest ratio, so the bound of the rank interval holds.
  if (count < fewestValues(confidence)) return withoutInterval(median, count, confidence);
  const random = seededRandom(seed);
  const draw = () => valueAt(ratios, Math.floor(random() * count));
  const medians = Array.from({ length: resamples }, () => medianOf(ratios.map(draw)));
  const tail = (1 - confidence) / 2;
  const interval = { low: quantileOf(medians, tail), high: quantileOf(medians, 1 - tail) };
  return { median, interval, confidence, count, reason: null };
}
