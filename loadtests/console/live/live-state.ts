// live/live-state.ts: what the console's server streams to every page; plain data.
// Made by the server, drawn by browser/; both sides import these types and nothing below them.
import type { FaultKind } from '@lab/shared/contract/chaos.ts';
import type { Coupling } from '@lab/shared/contract/couplings.ts';
import type { Feature } from '@lab/shared/contract/operation.ts';
import type { Outcome } from '../../load/outcome.ts';
import type { ScenarioName } from '../../scenarios/names.ts';

/**
 * `hung`: it runs and does not answer; `idle`: a function that no process runs, and that the next
 * request starts; `unknown`: it stands behind a front door of others that does not answer.
 */
export type BoxState = 'up' | 'starting' | 'hung' | 'dead' | 'idle' | 'unknown';

/** One process, or one function with however many processes. */
export interface Box {
  readonly name: string;
  readonly state: BoxState;
  /** What lives and dies with it; none for a gateway. */
  readonly features: readonly Feature[];
  readonly hasDatabase: boolean;
  readonly isFunction: boolean;
  /** Processes that live. */
  readonly processes: number;
  readonly rssMb: number;
  /** Since the start, by the restart policy. */
  readonly restarts: number;
}

export interface ShapeLive {
  readonly name: string;
  /** Of its front door. */
  readonly url: string;
  /** The box that customers call. */
  readonly frontDoor: string;
  readonly boxes: readonly Box[];
  /** Null where there is no queue to switch to. */
  readonly coupling: Coupling | null;
  readonly score: Score;
}

/** Counted from the same rows that a report is made of. */
export interface Score {
  /** Since the last reset. */
  readonly sent: number;
  readonly lost: number;
  /** Features that lost something since the last reset. */
  readonly touched: readonly Feature[];
  /** Of the last thing that was done: from its first to its last lost request, ms; null: none was lost. */
  readonly outageMs: number | null;
}

/** A second of one shape; the same second comes again while requests of it are under way. */
export interface SecondLive {
  readonly shape: string;
  /** Epoch ms of its beginning, a whole second. */
  readonly atMs: number;
  readonly features: Readonly<Partial<Record<Feature, FeatureSecond>>>;
}

export interface FeatureSecond {
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** Of the requests that were answered well, ms; null: there was none. */
  readonly p50: number | null;
  readonly p99: number | null;
}

/** Something that was done to a shape, drawn on its timeline. */
export interface Marker {
  readonly id: number;
  readonly shape: string;
  readonly kind: 'fault' | 'deploy' | 'switch';
  /** For who does not see the signs. */
  readonly words: string;
  readonly fromMs: number;
  /** Null while it goes on. */
  readonly toMs: number | null;
}

export interface FaultLive {
  readonly id: number;
  readonly component: string;
  readonly kind: FaultKind | 'kill';
  /** Those that still have it, or whose process is not back yet. */
  readonly shapes: readonly string[];
  /** When it heals by itself; null: it was a kill. */
  readonly healsAtMs: number | null;
}

/** What just happened, in words, computed from rows. */
export interface Happening {
  readonly id: number;
  readonly atMs: number;
  readonly title: string;
  /** One sentence a shape. */
  readonly sentences: readonly string[];
  /** False while requests are still being lost, or may be. */
  readonly over: boolean;
}

export interface Customers {
  readonly running: boolean;
  readonly rateRps: number;
  readonly scenario: ScenarioName;
  /** How many loads there were since the last reset: each has its own rows. */
  readonly loads: number;
}

/** A deployment under way, or the last one. */
export interface DeploymentLive {
  readonly component: string;
  readonly version: 'good' | 'bad';
  readonly steps: readonly DeploymentStep[];
}

export interface DeploymentStep {
  readonly shape: string;
  /** The component whose zip was shipped: for the monolith the whole. */
  readonly ships: string;
  readonly words: string;
  /** `down`: the release before did not start again either. */
  readonly state: 'under way' | 'live' | 'refused' | 'rolled back' | 'down';
}

export interface DrillLive {
  readonly startedAtMs: number;
  /** Null until it is revealed. */
  readonly answer: { readonly component: string; readonly kind: FaultKind } | null;
}

export interface LabRunLive {
  readonly id: string;
  readonly lines: readonly string[];
  readonly state: 'running' | 'done' | 'failed';
  /** Path of the report below /results/; null: there is none yet. */
  readonly report: string | null;
  /** To the question that was bet on; null where the run has no answer. */
  readonly outcome: OutcomeLive | null;
}

export interface OutcomeLive {
  readonly unit: string;
  readonly formula: string | null;
  /** Of the hypothesis, and what became of it. */
  readonly text: string;
  readonly status: string;
  readonly predicted: { readonly low: number | null; readonly high: number | null };
  /** The lowest and the highest block that counts. */
  readonly measured: { readonly low: number; readonly high: number };
}

/** All that is not a time series. */
export interface LiveState {
  readonly atMs: number;
  readonly shapes: readonly ShapeLive[];
  readonly customers: Customers;
  readonly faults: readonly FaultLive[];
  readonly markers: readonly Marker[];
  readonly happenings: readonly Happening[];
  readonly deployment: DeploymentLive | null;
  readonly drill: DrillLive | null;
  readonly labRun: LabRunLive | null;
}

/** Events of the stream, by name. */
export interface StreamEvents {
  readonly state: LiveState;
  readonly seconds: readonly SecondLive[];
}

/** How far back the timelines go. */
export const SHOWN_MS = 120_000;
