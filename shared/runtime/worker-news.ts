// runtime/worker-news.ts: what a process with workers and whoever started it say to each other (IPC).
// Sent by chassis/cluster.ts and serverless/server.ts; without a channel nobody hears anything.

export type WorkerFact =
  | { readonly kind: 'started' }
  | { readonly kind: 'ready'; readonly afterMs: number }
  | {
      readonly kind: 'died' | 'stopped';
      readonly code: number | null;
      readonly signal: string | null;
    }
  | { readonly kind: 'restarting'; readonly delayMs: number };

/**
 * What happened to one worker. `worker` counts from 1; who takes the place of one that died has its
 * number, who comes with a new release has the next.
 */
export type WorkerNews = WorkerFact & {
  readonly worker: number;
  readonly pid: number;
  /** Of a function's process: that of the function. Many have it, and each has a `worker` of its own. */
  readonly name?: string;
};

/** Asks for every worker to be replaced, one at a time, by one of this release. */
export interface RollOut {
  readonly rollOut: {
    /** The folder of the release, absolute; its entry has the name of the present one. */
    readonly cwd: string;
    /** Added to the environment. */
    readonly env: Readonly<Record<string, string>>;
    /** How long one worker may take until it listens. */
    readonly readyTimeoutMs: number;
  };
}

/** The answer: null when all were replaced, else why not; the worker that failed is not used. */
export interface RolledOut {
  readonly rolledOut: string | null;
}
