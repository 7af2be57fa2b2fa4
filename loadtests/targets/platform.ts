// targets/platform.ts: what an experiment may do to a running target, whatever runs it.
// Implemented by process-platform.ts; experiments import these types and nothing below them.
import type { LifeEvent, ProcessState } from './life.ts';
import type { Target } from './targets.ts';

export interface StartOptions {
  /** Delete the target's databases first; default false. */
  readonly fresh?: boolean | undefined;
  /** Extra environment for every component; wins over the lab's own. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** A pino level; default `warn`. */
  readonly logLevel?: string | undefined;
  /** The one CPU core that all server processes share; Linux only. */
  readonly core?: number | undefined;
  /** For example `['--max-old-space-size=96']`. */
  readonly nodeFlags?: readonly string[] | undefined;
  /** After how long up a component's next restart waits 100 ms again; default 10 000. */
  readonly provenAfterMs?: number | undefined;
  /** Default 20 000. */
  readonly readyTimeoutMs?: number | undefined;
}

/** One component at the moment it was looked at. */
export interface ComponentStatus {
  readonly name: string;
  /** Undefined while no process runs; then `cpuMs` and `rssBytes` are 0. */
  readonly pid: number | undefined;
  readonly port: number;
  readonly url: string;
  /** Of the current process: a restart begins at 0 again. Steps of 10 ms. */
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** Made by the restart policy since the start. */
  readonly restarts: number;
  readonly state: ProcessState;
}

/** What a deployment changes; what is left out stays. */
export interface Deployment {
  /** A folder that unpackArtefact made. */
  readonly releaseFolder?: string | undefined;
  /** Added to the component's environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Every method that takes a name throws CannotStart for one the target does not have. */
export interface RunningTarget {
  readonly target: Target;
  /** The front door, for example `http://127.0.0.1:4000`. */
  readonly baseUrl: string;
  /** Looked at anew at every read; under 1 ms on Linux. */
  readonly components: readonly ComponentStatus[];
  /** Everything that has happened so far, oldest first. */
  readonly events: readonly LifeEvent[];
  /** @returns the function that ends the subscription */
  onEvent(listener: (event: LifeEvent) => void): () => void;
  /** SIGKILL to one process, which is then restarted with growing delays. */
  kill(name: string): void;
  /** The process keeps its connections and answers nothing. */
  pause(name: string): void;
  resume(name: string): void;
  /**
   * Stops one component gracefully, starts it with what is deployed, waits until it is ready.
   * @throws CannotStart when it does not become ready; the component then stays down
   */
  restartComponent(name: string, deployment?: Deployment): Promise<void>;
  /** Resolves when every component is ready, the front door among them. */
  waitReady(timeoutMs?: number): Promise<void>;
  /** Stops everything gracefully; nothing of the target is left running. */
  stop(): Promise<void>;
}

/** A way of running targets: processes today. */
export interface Platform {
  readonly name: string;
  start(target: Target, options?: StartOptions): Promise<RunningTarget>;
}
