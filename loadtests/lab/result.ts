// lab/result.ts: what a run stores in result.json; every report is made from this alone.
// Written by run-experiment.ts, read by report/.
import type { Definition, Size } from './definition.ts';
import type { Figure } from './figure.ts';

/** What one arm yielded in one block. */
export interface Sample {
  readonly arm: string;
  /** By the definition's metric names; one that could not be taken is left out. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Why it cannot be trusted; the block is then discarded. */
  readonly doubts: readonly string[];
  /** What was found, as sentences with ids; reported where it breaks an invariant. */
  readonly notes?: readonly string[];
  /** What figures need beyond metrics; not stored, the rows on disk are. */
  readonly detail?: unknown;
}

export interface Block {
  /** From 0, discarded ones included. */
  readonly index: number;
  /** The order in which the arms were measured. */
  readonly order: readonly string[];
  readonly samples: readonly Sample[];
  /** Share of the machine used outside the lab, 0–1; null where the system does not tell. */
  readonly otherCpuRatio: number | null;
  /** Empty: it counts. */
  readonly discarded: readonly string[];
  /** An arm threw: here are the samples of those before it, and nothing derived from them. */
  readonly failed?: boolean;
}

/** Low and high are null where the blocks are too few for an interval at this confidence. */
export interface Interval {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Effect {
  readonly metric: string;
  readonly arm: string;
  readonly versus: string;
  /** Median of the ratios block by block. */
  readonly ratio: Interval;
  /** The same of the control's twin arm; null where there is none, and for the twin itself. */
  readonly aa: Interval | null;
  readonly claim: 'higher' | 'lower' | 'no difference shown' | 'not judged';
}

export type Status = 'held' | 'refuted' | 'inconclusive' | 'not applicable';

export interface Verdict {
  readonly hypothesis: string;
  readonly text: string;
  /** The bounds in words: `≥ 20`. */
  readonly predicted: string;
  /** With its interval, in words; empty when it does not apply. */
  readonly measured: string;
  readonly status: Status;
  readonly invariant: boolean;
}

/** Role → what that is in each target: `payments` → `a module of the one process`. */
export interface Binding {
  readonly role: string;
  readonly is: Readonly<Record<string, string>>;
}

/** One line of the fairness audit: what must be equal, and whether it is. */
export interface FairnessRow {
  readonly what: string;
  readonly values: Readonly<Record<string, string>>;
  readonly equal: boolean;
  /** Why it may differ; given where it is not equal and nothing is wrong. */
  readonly reason?: string;
}

export interface LabResult {
  readonly schemaVersion: 2;
  readonly runId: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Paste it to repeat the run. */
  readonly command: string;
  readonly definition: Definition;
  readonly config: {
    readonly size: Size;
    readonly targets: readonly string[];
    readonly seed: number;
    readonly blocksWanted: number;
    readonly platform: string;
    /** Which core does what, in one sentence. */
    readonly pinning: string;
  };
  readonly environment: Environment;
  readonly bindings: readonly Binding[];
  readonly fairness: readonly FairnessRow[];
  readonly blocks: readonly Block[];
  /** Stopped half way by a person; what was measured until then is here. */
  readonly partial: boolean;
  readonly evaluation: Evaluation;
  readonly figures: readonly Figure[];
}

/** All that follows from the blocks by arithmetic alone. */
export interface Evaluation {
  /** The verdict in one sentence, with the main numbers. */
  readonly sentence: string;
  readonly valid: boolean;
  /** Why it is not valid, or what to bear in mind. */
  readonly reasons: readonly string[];
  readonly accepted: number;
  readonly discarded: number;
  /** Median and interval of each metric in each arm. */
  readonly summaries: readonly (Interval & { readonly arm: string; readonly metric: string })[];
  readonly effects: readonly Effect[];
  readonly verdicts: readonly Verdict[];
}

export interface Environment {
  readonly commit: string;
  readonly dirty: boolean;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
}
