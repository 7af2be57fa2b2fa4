// statistics/noise.ts: made-up measurements with a known truth, to hold the statistics to.
// Used by tests only: nothing that an experiment reports comes from here.
import { shuffled } from '../lab/blocks.ts';
import type { BlockPair } from './ratio-interval.ts';

export interface MadeUpBlocks {
  readonly blocks: number;
  /** Standard deviation of the logarithm of one run: 0.03 is about 3 %. */
  readonly runNoise: number;
  /** The same for what all runs of a block share. */
  readonly blockNoise: number;
  /** The truth: how many times the baseline the measured arm takes. */
  readonly effect: number;
  /** What the harness alone does to whichever run is not the first of its block; 1 for nothing. */
  readonly orderEffect?: number;
  /** What the harness alone does to every run that is not the baseline's; 1 for nothing. */
  readonly favour?: number;
}

const arms = ['baseline', 'again', 'measured'] as const;

/**
 * Blocks of three runs in shuffled order, as the lab makes them: the baseline, the same target
 * again, and the other target.
 */
export function madeUpBlocks(
  random: () => number,
  { blocks, runNoise, blockNoise, effect, orderEffect = 1, favour = 1 }: MadeUpBlocks,
): { effect: BlockPair[]; aa: BlockPair[] } {
  const truth = { baseline: 1, again: favour, measured: favour * effect };
  const made = Array.from({ length: blocks }, () => {
    const block = 100 * lognormal(random, blockNoise);
    const order = shuffled(arms, random);
    const run = (arm: (typeof arms)[number]) =>
      block * truth[arm] * (order[0] === arm ? 1 : orderEffect) * lognormal(random, runNoise);
    return { baseline: run('baseline'), again: run('again'), measured: run('measured') };
  });
  return {
    effect: made.map(({ baseline, measured }) => ({ baseline, measured })),
    aa: made.map(({ baseline, again }) => ({ baseline, measured: again })),
  };
}

/** Its median is 1. Two uniform numbers make one normal (Box and Muller). */
export function lognormal(random: () => number, deviation: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return Math.exp(deviation * radius * Math.cos(2 * Math.PI * random()));
}
