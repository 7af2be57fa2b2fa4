// targets/life-state.ts: all that the supervisor knows of one process, across its restarts.
// Changed by supervisor.ts only.
import type { ChildProcess } from 'node:child_process';
import type { ProcessSpec } from './launch.ts';
import type { LifeEvent, ProcessState } from './life.ts';

/** `birth` is when its process began, as the kernel has it; it `listens` once it can serve. */
export interface WorkerLife {
  readonly birth: string | undefined;
  readonly listens: boolean;
}

/** Times are nowMs(). */
export interface Life {
  spec: ProcessSpec;
  readonly tell: (event: LifeEvent) => void;
  child: ChildProcess | undefined;
  /** The workers of the child that live, by pid. */
  readonly workers: Map<number, WorkerLife>;
  state: ProcessState;
  /** False once a stop was asked for. */
  wanted: boolean;
  /** Counts the stops and restarts asked for: the latest one has the last word. */
  orders: number;
  /** This run has been ready. */
  answered: boolean;
  /** This run, or one the policy restarted it from, has been ready. */
  everReady: boolean;
  /** Why it gave up. */
  reason: string;
  /** What the last look at /ready found instead of 200. */
  notReady: string;
  restarts: number;
  delayMs: number | undefined;
  startedAtMs: number;
  logFromByte: number;
  timer: NodeJS.Timeout | undefined;
}

/** The state before the first start. */
export function newLife(spec: ProcessSpec, tell: (event: LifeEvent) => void): Life {
  return {
    spec,
    tell,
    child: undefined,
    workers: new Map(),
    state: 'starting',
    wanted: true,
    orders: 0,
    answered: false,
    everReady: false,
    reason: '',
    notReady: '',
    restarts: 0,
    delayMs: undefined,
    startedAtMs: 0,
    logFromByte: 0,
    timer: undefined,
  };
}
