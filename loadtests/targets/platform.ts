// targets/platform.ts: what an experiment may do to a running target, whatever runs it.
// Implemented by process-platform.ts and compose/; experiments import these types and nothing below them.
import type { Coupling } from '@lab/shared/contract/couplings.ts';
import type { LifeEvent, ProcessState } from './life.ts';
import type { ReplicaCounts } from './replicas.ts';
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
  /** How many processes of each service; what is left out has one. */
  readonly replicas?: ReplicaCounts | undefined;
  /**
   * How services tell notifications and reports of orders at first; it can be switched over PUT
   * /coupling. Left out: by call, and without the queue process that a switch would need.
   */
  readonly coupling?: Coupling | undefined;
  /** The zips were built a moment ago: take them as they are. */
  readonly built?: boolean | undefined;
  /** Default 20 000. */
  readonly readyTimeoutMs?: number | undefined;
}

/** One process at the moment it was looked at. */
export interface ProcessStatus {
  readonly name: string;
  /**
   * Undefined while no process runs, and for one that is in a container where this machine cannot
   * see it; then `cpuMs` and `rssBytes` are 0.
   */
  readonly pid: number | undefined;
  /**
   * Of the current process, its workers and its functions (on Linux also of those that have ended): a
   * restart of the process begins at 0 again. Steps of 10 ms.
   */
  readonly cpuMs: number;
  /** Of the process, its workers and the functions that it runs. */
  readonly rssBytes: number;
  /** Made by the restart policy since the start. */
  readonly restarts: number;
  readonly state: ProcessState;
}

export interface ComponentStatus extends ProcessStatus {
  /** Of a cluster, those that live; of a cloud, the processes of its functions. */
  readonly workerPids?: readonly number[] | undefined;
  /** `workerPids` are those of functions: with no request there is none. */
  readonly runsFunctions?: boolean;
  readonly port: number;
  readonly url: string;
}

/**
 * `recreate`: all processes of the component at once, with an outage. `rolling`: one after the other,
 * each drained before it stops and the next one left alone until it is ready again.
 */
export type Strategy = 'recreate' | 'rolling';

/** What a deployment changes; what is left out stays. */
export interface Deployment {
  /** A folder that unpackArtefact made; in containers an image is made of it. */
  readonly releaseFolder?: string | undefined;
  /** Added to the component's environment, as earlier deployments have left it. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** What a shape has stored, past its API: an audit believes nothing that the shop says of itself. */
export interface Stored {
  readonly engine: 'SQLite' | 'PostgreSQL';
  /** With the replicas that were asked for. */
  readonly target: Target;
  /**
   * Asks a component's database; both SQLite and PostgreSQL must understand the question.
   * @returns rows by the names of their columns, which need quotes where they have capitals
   * @throws CannotStart for a component without one, Error when it cannot be read
   */
  query<Row>(component: string, sql: string): Promise<Row[]>;
}

export interface Network {
  /** Nobody reaches the component any more, and it reaches nobody; resolves when that is so. */
  cut(name: string): Promise<void>;
  mend(name: string): Promise<void>;
}

/** Every method that takes a name throws CannotStart for one the target does not have. */
export interface RunningTarget extends Stored {
  /** The front door, for example `http://127.0.0.1:4000`. */
  readonly baseUrl: string;
  /** Looked at anew at every read; under 1 ms on Linux. */
  readonly components: readonly ComponentStatus[];
  /** Database servers; empty where a database is a library in its component's process. */
  readonly databases: readonly ProcessStatus[];
  /** How long a process must be up for its next restart to wait no longer than the first, ms. */
  readonly provenAfterMs: number;
  /** Undefined where components are in no network of their own. */
  readonly network?: Network | undefined;
  /** Everything that has happened so far, oldest first. */
  readonly events: readonly LifeEvent[];
  /** @returns the function that ends the subscription */
  onEvent(listener: (event: LifeEvent) => void): () => void;
  /** SIGKILL to one component or database, which is then restarted with growing delays. */
  kill(name: string): void;
  /** The process keeps its connections and answers nothing. */
  pause(name: string): void;
  resume(name: string): void;
  /**
   * Stops one component or database gracefully, starts it with what is deployed, waits until it is ready.
   * @throws CannotStart when it does not become ready; the component then stays down
   */
  restartComponent(name: string, deployment?: Deployment): Promise<void>;
  /**
   * Gives all replicas or workers of a component what is deployed; default strategy `recreate`.
   * `rolling` wants at least two of them. To roll back, deploy the release before.
   * @throws CannotStart for one process alone, and when a new one does not become ready: that
   *   replica then stays down (a worker: gives way to the old one), and those not reached yet serve on
   */
  deploy(name: string, deployment: Deployment & { strategy?: Strategy }): Promise<void>;
  /**
   * Makes of a release what a deployment needs beforehand, an image; undefined where the folder is
   * enough. A deployment that was not prepared so takes the time itself.
   */
  ship?(name: string, releaseFolder: string): Promise<void>;
  /** Resolves when every component is ready, the front door among them. */
  waitReady(timeoutMs?: number): Promise<void>;
  /** Stops everything gracefully; nothing of the target is left running. */
  stop(): Promise<void>;
}

/** A way of running targets: processes, or containers. */
export interface Platform {
  readonly name: 'process' | 'compose';
  start(target: Target, options?: StartOptions): Promise<RunningTarget>;
}
