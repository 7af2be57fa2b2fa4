// experiments/calibration/slices.ts: four arms take turns of half a second under one load.
// Called by calibration.ts for each block; pure. A machine that is slow for seconds slows all alike.
import { seededRandom } from '@lab/shared/domain/random.ts';
import { shuffled } from '../../lab/blocks.ts';
import type { Sample } from '../../lab/result.ts';

export const BEFORE = 'before any fault';
export const AFTER = 'after the last heal';

export type SliceArm = 'target' | 'again' | 'same' | 'planted' | typeof BEFORE | typeof AFTER;
export interface Slice {
  readonly arm: SliceArm;
  /** µs. */
  readonly cpuUsPerRequest: number;
}

export const SLICE_MS = 500;
/** They span dozens of collections of the heap: over half a thousand those alone are a tenth of the CPU. */
const REQUESTS_OF_AN_ARM = 4000;
const ROUNDS_MIN = 6;
/** A full run has 120 blocks, and is to end within an hour and a quarter on any machine. */
const ROUNDS_MAX = 12;
/** Of the two that are held against each other over all blocks. */
const SLICES_ASIDE = 2;

/** How many slices each arm gets in a block. */
export function roundsAt(rateRps: number): number {
  const rounds = Math.ceil((REQUESTS_OF_AN_ARM / rateRps) * (1000 / SLICE_MS));
  return Math.min(ROUNDS_MAX, Math.max(ROUNDS_MIN, rounds));
}

/** @returns each arm once a round, each round in an order of its own; before and after it slices of no arm */
export function turns(rounds: number, seed: number): SliceArm[] {
  const random = seededRandom(seed);
  const arms = ['target', 'again', 'same', 'planted'] as const;
  const inTurn = Array.from({ length: rounds }, () => shuffled(arms, random)).flat();
  return [...aside(BEFORE), ...inTurn, ...aside(AFTER)];
}

const aside = (arm: SliceArm) => Array.from({ length: SLICES_ASIDE }, () => arm);

/** @returns the mean of each arm: its slices are of one length and at one rate */
export function meansByArm(slices: readonly Slice[]): Sample[] {
  return [...new Set(slices.map(({ arm }) => arm))].map((arm) => {
    const costs = slices.flatMap((slice) => (slice.arm === arm ? slice.cpuUsPerRequest : []));
    const cpuUsPerRequest = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
    return { arm, metrics: { cpuUsPerRequest }, doubts: [] };
  });
}
