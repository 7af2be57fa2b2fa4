// experiments/blast-radius/totals.ts: what follows from several trials of a block together.
// Called by blast-radius.ts to derive samples; pure.
import type { Sample } from '../../lab/result.ts';
import { sumOf, totalOf } from '../../lab/totals.ts';

/** The mean of all six crashes of one target, as a sample of its own. */
export const allCrashes = (target: string) => `${target}: crash in each feature`;
/** All faults of all shapes, the A/A arm among them. */
export const EVERY_FAULT = 'every shape: every fault';

const CRASHES = 6;
const summed = ['touchedUnpredicted', 'sparedPredicted', 'notWell'] as const;

export function totalsOf(samples: readonly Sample[]): Sample[] {
  return [...meansOfCrashes(samples), ...totalOf(EVERY_FAULT, summed, samples)];
}

/** How many features one crash touches, on average over the six features it may strike. */
function meansOfCrashes(samples: readonly Sample[]): Sample[] {
  const targets = new Set(samples.map(({ arm }) => arm.split(':')[0] ?? ''));
  return [...targets].flatMap((target) => {
    const own = samples.filter(({ arm }) => arm.startsWith(`${target}: crash in `));
    if (own.length < CRASHES) return [];
    const featuresTouched = sumOf('featuresTouched', own) / own.length;
    return [{ arm: allCrashes(target), metrics: { featuresTouched }, doubts: [] }];
  });
}
