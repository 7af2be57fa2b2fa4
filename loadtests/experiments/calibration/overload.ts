// experiments/calibration/overload.ts: whether the core kept up, so that CPU a request is that of an answer.
// Called by calibration.ts for each block; pure.
import type { Sample } from '../../lab/result.ts';
import type { Outcome } from '../../load/outcome.ts';
import { isUseful } from '../../load/tally.ts';

/** Above, what is planted does not fit on the core and is billed to the next slice. */
const MOST_BUSY = 0.95;

/**
 * @param arms what a request cost each of them
 * @returns one sentence for each reason; empty when every request was answered as it should
 */
export function overload(
  arms: readonly Sample[],
  rateRps: number,
  outcomes: Readonly<Partial<Record<Outcome, number>>>,
): string[] {
  const busy =
    (Math.max(...arms.map(({ metrics }) => metrics.cpuUsPerRequest ?? 0)) * rateRps) / 1e6;
  const bad = Object.entries(outcomes).reduce(
    (sum, [outcome, count = 0]) => sum + (isUseful(outcome as Outcome) ? 0 : count),
    0,
  );
  return [
    ...(busy > MOST_BUSY ? [`The servers' core was ${Math.round(busy * 100)} % busy.`] : []),
    ...(bad > 0 ? [`${bad} requests failed.`] : []),
  ];
}
