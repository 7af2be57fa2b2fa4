// experiments/calibration/overload.ts: whether the core kept up, so that CPU a request is that of an answer.
// Called by calibration.ts for each block; pure.
import type { Outcome } from '../../load/outcome.ts';
import { isUseful } from '../../load/tally.ts';
import type { Slice } from './slices.ts';

/** Above, what is planted does not fit on the core and is billed to the next slice. */
const MOST_BUSY = 0.95;

/**
 * @returns one sentence for each reason; empty when every request was answered as it should
 */
export function overload(
  slices: readonly Slice[],
  rateRps: number,
  outcomes: Readonly<Partial<Record<Outcome, number>>>,
): string[] {
  const busy = (Math.max(...slices.map(({ cpuUsPerRequest }) => cpuUsPerRequest)) * rateRps) / 1e6;
  const bad = Object.entries(outcomes).reduce(
    (sum, [outcome, count = 0]) => sum + (isUseful(outcome as Outcome) ? 0 : count),
    0,
  );
  return [
    ...(busy > MOST_BUSY ? [`The servers' core was ${Math.round(busy * 100)} % busy.`] : []),
    ...(bad > 0 ? [`${bad} requests failed.`] : []),
  ];
}
