// lab/watcher.ts: what a screen may want to know while an experiment runs.
// Told by run-experiment.ts and the attacks; shown by screen/lab-screen.ts, or by nobody.
import type { LiveSecond } from '../load/run-attack.ts';
import type { Definition } from './definition.ts';

/** The phases of a trial, in this order; an experiment without a fault has the first three only. */
export const phases = [
  'preflight',
  'warm-up',
  'steady',
  'inject',
  'hold',
  'revert',
  'recover',
  'drain',
  'cooldown',
] as const;
export type Phase = (typeof phases)[number];

export interface Watcher {
  /** Before anything is started. */
  begin(definition: Definition, blocksWanted: number): void;
  /** A block begins; counts are those of the blocks before it. */
  block(at: {
    readonly index: number;
    readonly accepted: number;
    readonly discarded: number;
  }): void;
  /** An arm of the block begins; `at` from 0. */
  arm(step: { readonly name: string; readonly at: number; readonly of: number }): void;
  phase(step: PhaseStep): void;
  /** Once a second for each second that changed, while load runs. */
  second(attack: string, second: LiveSecond): void;
  /** A sentence worth keeping on the screen: a block was discarded, and why. */
  note(sentence: string): void;
}

export interface PhaseStep {
  readonly phase: Phase;
  /** What happens in it: `payments crashes`. */
  readonly what: string;
  /** For the countdown, about; 0: as long as it takes. */
  readonly lengthMs: number;
}

export const silentWatcher: Watcher = {
  begin() {},
  block() {},
  arm() {},
  phase() {},
  second() {},
  note() {},
};
