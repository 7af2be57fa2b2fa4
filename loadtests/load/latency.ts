// load/latency.ts: latency percentiles from histograms, which merge exactly where averages lie.
// Used by metrics.ts; whoever needs a percentile over several series merges them here first.
import { build, type Histogram } from 'hdr-histogram-js';

/** Percentiles in ms, right to 1 % of their value. */
export interface Latency {
  /** Samples behind the figures: below 100 the p99 is no more than the slowest. */
  readonly count: number;
  readonly latencyMsP50: number;
  readonly latencyMsP90: number;
  readonly latencyMsP99: number;
  readonly latencyMsMax: number;
}

/** Two significant digits of whole microseconds: a p50 under 1 ms stays visible. */
export function createHistogram(): Histogram {
  return build({
    bitBucketSize: 32,
    autoResize: true,
    lowestDiscernibleValue: 1,
    highestTrackableValue: 1_000_000,
    numberOfSignificantValueDigits: 2,
  });
}

/** @param ms ≥ 0; anything under a microsecond counts as one */
export function recordMs(histogram: Histogram, ms: number): void {
  histogram.recordValue(Math.max(1, Math.round(ms * 1000)));
}

/** A new histogram with the samples of all of them. */
export function merged(histograms: Iterable<Histogram>): Histogram {
  const sum = createHistogram();
  for (const histogram of histograms) sum.add(histogram);
  return sum;
}

/** @returns null when there is no sample: a gap in a chart, never a zero */
export function latencyOf(histogram: Histogram): Latency | null {
  if (histogram.totalCount === 0) return null;
  const atMs = (percentile: number) => histogram.getValueAtPercentile(percentile) / 1000;
  return {
    count: histogram.totalCount,
    latencyMsP50: atMs(50),
    latencyMsP90: atMs(90),
    latencyMsP99: atMs(99),
    latencyMsMax: histogram.maxValue / 1000,
  };
}

/** A percentile in ms, or 0 without samples; for lateness, where nothing sent means nothing late. */
export function percentileMs(histogram: Histogram, percentile: number): number {
  return histogram.totalCount === 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1000;
}
