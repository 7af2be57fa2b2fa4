// lab/values.ts: what a metric of an arm was in each block, and the interval of its median.
// Used by evaluate.ts, verdict.ts and the figures of experiments; all pure.
import type { Estimate } from '../statistics/estimate.ts';
import { medianInterval } from '../statistics/median-interval.ts';
import { binomialInterval } from '../statistics/share-interval.ts';
import type { Block, Interval, Sample } from './result.ts';

export const acceptedOf = (blocks: readonly Block[]): Block[] =>
  blocks.filter(({ discarded }) => discarded.length === 0);

/** The values of one metric of one arm, one a block, where there is one. */
export function valuesOf(blocks: readonly Block[], arm: string, metric: string): number[] {
  return blocks.flatMap(({ samples }) => valueIn(samples, arm, metric) ?? []);
}

/**
 * Ratios block by block, where both have a value and the divisor is above 0; of a count of successes
 * the ratio of the shares.
 */
export function ratiosOf(
  blocks: readonly Block[],
  metric: string,
  arm: string,
  versus: string,
): number[] {
  return blocks.flatMap(({ samples }) => {
    const [ours, theirs] = [shareIn(samples, arm, metric), shareIn(samples, versus, metric)];
    return ours === undefined || theirs === undefined || theirs <= 0 ? [] : [ours / theirs];
  });
}

export function intervalOf(values: readonly number[]): Interval {
  return asInterval(medianInterval(values));
}

/** A metric that counts successes has a partner that counts the trials. */
const trialsOf = (metric: string) => `${metric}:trials`;
export const isTrials = (metric: string) => metric.endsWith(':trials');

/** The share of successes over all blocks with Wilson's interval; undefined for other metrics. */
export function pooledOf(
  blocks: readonly Block[],
  arm: string,
  metric: string,
): Interval | undefined {
  const trials = sumOf(valuesOf(blocks, arm, trialsOf(metric)));
  if (trials === 0) return undefined;
  const successes = sumOf(valuesOf(blocks, arm, metric));
  return { value: successes / trials, ...binomialInterval(successes, trials) };
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function asInterval({ median, interval }: Estimate): Interval {
  return { value: median, low: interval?.low ?? null, high: interval?.high ?? null };
}

/** The value, divided by its trials where it is a count of successes. */
function shareIn(samples: readonly Sample[], arm: string, metric: string): number | undefined {
  const value = valueIn(samples, arm, metric);
  const trials = valueIn(samples, arm, trialsOf(metric));
  if (value === undefined || trials === undefined) return value;
  return trials === 0 ? undefined : value / trials;
}

function valueIn(samples: readonly Sample[], arm: string, metric: string): number | undefined {
  return samples.find((sample) => sample.arm === arm)?.metrics[metric];
}
