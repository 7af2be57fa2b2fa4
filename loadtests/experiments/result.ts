// experiments/result.ts: what a comparison stores in result.json; every report is made from this alone.
// Written by blast-radius.ts, read by report/.
import type { Feature } from '@lab/shared/contract/operation.ts';
import type { Tally } from '../load/tally.ts';

/** How one feature fared in the window after one crash. */
export interface Cell {
  readonly sent: number;
  /** Requests that were neither ok nor slow nor degraded. */
  readonly notOk: number;
  /** From the first to the last request that was not ok; 0 when there was none. */
  readonly badMs: number;
  /** Of these, the requests meant to leave while the process was away: died, not ready again. */
  readonly away?: { readonly sent: number; readonly notOk: number };
  /** Counts by outcome, the good ones included. */
  readonly outcomes: Tally['outcomes'];
}

/** One component crashed once, under load. Times in ms since the start of the load. */
export interface CrashResult {
  readonly component: string;
  /** When the fault was switched on. */
  readonly orderedAtMs: number;
  /** When the process died, and when the restarted one was ready; null: it never came to that. */
  readonly diedAtMs: number | null;
  readonly readyAtMs: number | null;
  /** The process that died: `monolith` for every feature of the monolith. */
  readonly process: string;
  /** Cells count the requests whose fate was known between these two times. */
  readonly windowStartMs: number;
  readonly windowEndMs: number;
  readonly cells: Readonly<Record<Feature, Cell>>;
}

/** What the databases say about the orders of the run, after everything has settled. */
export interface OrdersResult {
  /** Orders that the customers were told are confirmed. */
  readonly acknowledged: number;
  /** Of these, orders that are not in the database as confirmed. */
  readonly lost: number;
  /** Orders still half placed, or whose stock, charge or message does not fit their state. */
  readonly halfDone: number;
  /** One sentence a broken rule; empty when all hold. */
  readonly problems: readonly string[];
}

export interface ProcessResult {
  readonly name: string;
  readonly zipBytes: number;
  readonly startMs: number;
  readonly rssBytesIdle: number;
  readonly rssBytesUnderLoad: number;
  /** Since the start, over all its restarts; short of what it used between a crash and its end. */
  readonly cpuMs: number;
  readonly restarts: number;
}

export interface SecondResult {
  readonly second: number;
  readonly features: Readonly<Partial<Record<Feature, Tally>>>;
}

export interface TargetResult {
  readonly name: string;
  readonly frontDoor: string;
  readonly processes: readonly ProcessResult[];
  /** From the first process started to the front door ready. */
  readonly startMs: number;
  /** The steady phase, before anything was broken. */
  readonly steady: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly byFeature: Readonly<Partial<Record<Feature, Tally>>>;
    readonly total: Tally;
    /** CPU of all its processes, per request. */
    readonly cpuUsPerRequest: number;
  };
  readonly crashes: readonly CrashResult[];
  /** The whole run, warm-up left out. */
  readonly total: Tally;
  readonly seconds: readonly SecondResult[];
  readonly orders: OrdersResult;
  readonly load: {
    readonly achievedRps: number;
    readonly lagMsP99: number;
    readonly cpuMs: number;
  };
  /** Why this part cannot be trusted; empty when it can. */
  readonly invalid: readonly string[];
}

/** One line of the verdict: a prediction, what was measured, and whether it held. */
export interface Finding {
  readonly prediction: string;
  readonly measured: string;
  readonly held: boolean;
}

export interface ComparisonResult {
  readonly schemaVersion: 1;
  readonly experiment: 'blast-radius';
  readonly question: string;
  readonly runId: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Paste it to repeat the run. */
  readonly command: string;
  readonly config: {
    readonly targets: readonly string[];
    readonly rateRps: number;
    readonly scenario: string;
    readonly arrivals: string;
    readonly seed: number;
    readonly warmUpMs: number;
    readonly steadyMs: number;
    /** How long each crash is watched. */
    readonly holdMs: number;
    readonly deadlineMs: number;
    readonly sloMs: number;
  };
  readonly environment: {
    readonly commit: string;
    readonly dirty: boolean;
    readonly node: string;
    readonly platform: string;
    readonly cpu: string;
    readonly cores: number;
    readonly memoryBytes: number;
    /** Share of the machine's CPU that neither the lab nor its targets used, 0–1; null: unknown. */
    readonly otherCpuRatio: number | null;
  };
  readonly targets: readonly TargetResult[];
  readonly findings: readonly Finding[];
  /** One sentence with the main numbers. */
  readonly sentence: string;
  readonly valid: { readonly ok: boolean; readonly reasons: readonly string[] };
  /** What this run cannot say. */
  readonly doesNotShow: readonly string[];
}
