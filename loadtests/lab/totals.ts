// lab/totals.ts: counts of several samples of a block added up, for claims about all of them at once.
// Called by experiments to derive samples; pure.
import type { Sample } from './result.ts';

/**
 * @param arm of the sample that is made
 * @returns empty where no sample has a metric; one that none has stays out
 */
export function totalOf(
  arm: string,
  names: readonly string[],
  samples: readonly Sample[],
): Sample[] {
  const known = names.filter((name) => samples.some(({ metrics }) => name in metrics));
  if (known.length === 0) return [];
  const metrics = Object.fromEntries(known.map((name) => [name, sumOf(name, samples)]));
  return [{ arm, metrics, doubts: [] }];
}

/** A sample without the metric adds nothing. */
export function sumOf(name: string, samples: readonly Sample[]): number {
  return samples.reduce((sum, { metrics }) => sum + (metrics[name] ?? 0), 0);
}
