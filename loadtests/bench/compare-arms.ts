// bench/compare-arms.ts: two servers side by side, block by block, and the ratio of their costs.
// Called by run-bench.ts once a comparison.
import { measureBlocks } from './blocks.ts';
import { type Arm, type LoadOptions, measureTogether, type Stretch } from './measure.ts';
import { type Spread, spreadOf } from './spread.ts';

/** Both servers, running. */
export interface Arms {
  readonly ours: Arm;
  readonly reference: Arm;
}

export interface Block {
  readonly ours: Stretch;
  readonly reference: Stretch;
  /** Our requests per CPU-second as a share of the reference's. */
  readonly ratio: number;
  /** Of the whole machine, 0–1, by other programs; undefined where the machine does not tell. */
  readonly otherShare: number | undefined;
  /** True when others used too much of the machine. */
  readonly discarded: boolean;
}

export interface CompareOptions extends LoadOptions {
  /** Accepted ones. */
  readonly blocks: number;
  /** Called before each block. */
  readonly onStep: (step: string) => void;
}

/** Warm-up blocks, which are not kept; it ends when two in a row agree. */
const warmUpsMax = 5;
const agreedWithin = 0.05;

/**
 * Warms both up, then measures blocks until enough are accepted or as many are discarded.
 * @throws Error when an answer was not 200, or client and server count differently
 */
export async function compareArms(arms: Arms, options: CompareOptions): Promise<Block[]> {
  const { blocks, onStep } = options;
  await warmUp(arms, options);
  return measureBlocks(blocks, (which) => {
    onStep(which);
    return measureBlock(arms, options);
  });
}

async function warmUp(arms: Arms, options: CompareOptions): Promise<void> {
  let last = Number.NaN;
  for (let round = 1; round <= warmUpsMax; round += 1) {
    options.onStep(`warm-up ${round}`);
    const { ratio } = await measureBlock(arms, options);
    if (Math.abs(ratio / last - 1) <= agreedWithin) return;
    last = ratio;
  }
}

async function measureBlock(arms: Arms, options: CompareOptions): Promise<Block> {
  const pair = [arms.ours, arms.reference] as const;
  const measured = await measureTogether(pair, options);
  return { ...measured, ratio: measured.reference.cpuUs / measured.ours.cpuUs };
}

export interface ArmFigures {
  readonly rps: Spread;
  readonly cpuUs: Spread;
}

/** @returns undefined when no block was accepted */
export function figuresOf(blocks: readonly Block[]) {
  const accepted = blocks.filter((block) => !block.discarded);
  if (accepted.length === 0) return undefined;
  const arm = (pick: (block: Block) => Stretch): ArmFigures => ({
    rps: spreadOf(accepted.map((block) => pick(block).rps)),
    cpuUs: spreadOf(accepted.map((block) => pick(block).cpuUs)),
  });
  return {
    ours: arm((block) => block.ours),
    reference: arm((block) => block.reference),
    ratio: spreadOf(accepted.map((block) => block.ratio)),
  };
}
