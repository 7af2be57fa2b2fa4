// experiments/calibration/slices.ts: four arms of one load take turns of half a second.
// Called by calibration.ts for each block; pure. A machine that is slow for seconds slows all alike.
import { seededRandom } from '@lab/shared/domain/random.ts';
import { shuffled } from '../../lab/blocks.ts';
import type { Sample } from '../../lab/result.ts';

export const ARMS = ['target', 'again', 'same', 'planted'] as const;

export interface Slice {
  readonly arm: (typeof ARMS)[number];
  /** µs. */
  readonly cpuUsPerRequest: number;
}

export const SLICE_MS = 500;
/** They span dozens of collections of the heap: over half a thousand those alone are a tenth of the CPU. */
const REQUESTS_OF_AN_ARM = 4000;
const SHORTEST_MS = 3000;

/** How many slices each arm gets in a block. */
export const roundsAt = (rateRps: number): number =>
  Math.ceil(Math.max(SHORTEST_MS, (REQUESTS_OF_AN_ARM / rateRps) * 1000) / SLICE_MS);

/** @returns each arm once a round, each round in an order of its own */
export function turns(rounds: number, seed: number): Slice['arm'][] {
  const random = seededRandom(seed);
  return Array.from({ length: rounds }, () => shuffled(ARMS, random)).flat();
}

/** @returns the mean of each arm: its slices are of one length and at one rate */
export const meansByArm = (slices: readonly Slice[]): Sample[] =>
  ARMS.map((arm) =>
    meanSample(
      arm,
      slices.filter((slice) => slice.arm === arm),
    ),
  );

export const BEFORE = 'before the fault';
export const AFTER = 'after the heal';

/** @returns the means of the slices just before and just after a fault; empty where no fault has both */
export function aroundFaults(slices: readonly Slice[]): Sample[] {
  const pairs = slices.flatMap(({ arm }, at) => {
    const [before, after] = [slices[at - 1], slices[at + 1]];
    const isWhole = before && after && [before.arm, after.arm].every((one) => one !== 'planted');
    return arm === 'planted' && isWhole ? [{ before, after }] : [];
  });
  if (pairs.length === 0) return [];
  return [
    meanSample(
      BEFORE,
      pairs.map(({ before }) => before),
    ),
    meanSample(
      AFTER,
      pairs.map(({ after }) => after),
    ),
  ];
}

function meanSample(arm: string, slices: readonly Slice[]): Sample {
  const sum = slices.reduce((all, { cpuUsPerRequest }) => all + cpuUsPerRequest, 0);
  return { arm, metrics: { cpuUsPerRequest: sum / slices.length }, doubts: [] };
}
