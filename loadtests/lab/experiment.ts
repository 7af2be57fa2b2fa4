// lab/experiment.ts: what an experiment has to bring, and what the lab gives it.
// Implemented by experiments/*.ts, driven by run-experiment.ts, which knows none of them.

import type { Pinning } from '../bench/pinning.ts';
import type { AttackPlan } from '../load/plan.ts';
import type { Attack } from '../load/start-attack.ts';
import type { Platform, RunningTarget, StartOptions } from '../targets/platform.ts';
import type { Target } from '../targets/targets.ts';
import type { Definition, Size } from './definition.ts';
import type { Figure } from './figure.ts';
import type { Block, Evaluation, Sample, Verdict } from './result.ts';
import type { PhaseStep } from './watcher.ts';

/** Flags of `npm run compare`: requests a second, and how long a fault is left on. */
export type Change = 'rate' | 'duration';

export interface Experiment {
  readonly definition: Definition;
  /**
   * Which targets it runs on unless told; names of labTargets. Empty: it brings its own servers.
   */
  readonly targets: readonly string[];
  /** Where it can run; processes alone unless said. */
  readonly platforms?: readonly Platform['name'][];
  /**
   * What a person may change, because it is read from `lab.definition` and from nowhere else; other
   * experiments keep their own, and say so.
   */
  readonly takes?: readonly Change[];
  /** Starts what all blocks share, by `lab.start` or with `lab.defer`. */
  prepare(lab: Lab): Promise<readonly Arm[]>;
  /**
   * Metrics that need several arms of a block, such as the slope of a line: more samples, of arms
   * that are not measured.
   */
  derive?(samples: readonly Sample[]): readonly Sample[];
  /** Pure: what no single block can decide, such as how often small runs claim something. */
  judge?(accepted: readonly Block[]): readonly Verdict[];
  /** Pure: from the accepted blocks. */
  figures(blocks: readonly Block[], evaluation: Evaluation): readonly Figure[];
  /** Pure: the verdict in one sentence with the main numbers. */
  sentence(evaluation: Evaluation, blocks: readonly Block[]): string;
}

/** What evaluation needs to know of an arm. */
export interface ArmPlan {
  readonly name: string;
  /** The arm it is held against: ratios are taken block by block. */
  readonly versus?: string;
  /** The arm whose twin this is: the same target a second time, so any difference is noise. */
  readonly twinOf?: string;
}

/** One thing to be measured once a block. */
export interface Arm extends ArmPlan {
  /** Where it yields samples of several names: each of them, with what it is held against. */
  readonly parts?: readonly ArmPlan[];
  /** One sample of this arm, or one of each thing that it tries; names are `arm: thing` then. */
  measure(block: BlockContext): Promise<readonly Sample[]>;
}

export interface BlockContext {
  readonly index: number;
  /** The same for all arms of a block, so that they get the same requests. */
  readonly seed: number;
}

/** The experiment's view of the lab. */
export interface Lab {
  /** As it is run: rate and hold may have been set by hand. */
  readonly definition: Definition;
  /** Nobody asked for this rate: on a slow machine less will do. */
  readonly mayLowerRate: boolean;
  /** What runs the targets. */
  readonly platform: Platform;
  readonly targets: readonly Target[];
  readonly size: Size;
  readonly seed: number;
  /** First port of this lab; servers of an experiment's own take free ones. */
  readonly portBase: number;
  readonly pinning: Pinning;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Of this run; exists. */
  readonly folder: string;
  /** Closed in reverse order at the end, whatever happens. */
  defer(close: () => Promise<void>): void;
  /**
   * Starts a target fresh, on the servers' core, faults enabled, nobody refused for asking too
   * often; it must pass the contract's smoke part. Stopped at the end.
   * @throws CannotStart
   */
  start(target: Target, options?: StartOptions): Promise<RunningTarget>;
  /** Starts the generator on its own core; rows go to `rows/<name>.jsonl` of the run's folder. */
  attack(name: string, plan: Omit<AttackPlan, 'rowsFile' | 'keys'>): Attack;
  /** Where the rows of an attack of that name are. */
  rowsFile(name: string): string;
  /** What is being done now; `lengthMs` for the countdown. */
  phase(step: PhaseStep): void;
}
