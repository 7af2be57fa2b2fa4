// targets/supervised.ts: what the platform may ask of one supervised process.
// Implemented by supervisor.ts; used by process-platform.ts.
import type { ProcessSpec } from './launch.ts';
import type { ProcessState } from './life.ts';

/** What a deployment may change. */
export type SpecChange = Partial<Pick<ProcessSpec, 'cwd' | 'env' | 'nodeFlags'>>;

/** What runs next: as now, but for the change; its settings are added to those of now. */
export const changed = (now: ProcessSpec, { env, ...change }: SpecChange): ProcessSpec => ({
  ...now,
  ...change,
  env: { ...now.env, ...env },
});

export interface Supervised {
  /** Undefined while no process runs. */
  pid(): number | undefined;
  /** The pids of the workers it has forked and that live. */
  workerPids(): readonly number[];
  state(): ProcessState;
  /** Restarts made by the policy, not those asked for. */
  restarts(): number;
  /**
   * Resolves when the process is ready, at once if it is.
   * @throws CannotStart with its last words when it gave up, or after `timeoutMs`
   */
  waitReady(timeoutMs: number): Promise<void>;
  /** SIGKILL; the policy then restarts it. */
  kill(): void;
  /** SIGSTOP: it holds its connections and answers nothing. */
  pause(): void;
  /** SIGCONT. */
  resume(): void;
  /** SIGTERM, SIGKILL after 5 s, no restart. */
  stop(): Promise<void>;
  /** Stops and starts anew, with changes if given; call waitReady next. */
  restart(change?: SpecChange): Promise<void>;
  /**
   * Has a process with workers replace them by those of a new release, one at a time.
   * @throws CannotStart when a new worker does not come up; it is ended, and those not yet replaced
   *   serve on
   */
  rollOut(change: SpecChange, readyTimeoutMs: number): Promise<void>;
}
