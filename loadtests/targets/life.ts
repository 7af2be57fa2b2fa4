// targets/life.ts: the words for what happens to a supervised process.
// Sent by supervisor.ts; read by experiments, which draw them on their timelines.

/** `starting`: or one of its workers is; `waiting`: dead, to be restarted; `failed`: gave up, will not be. */
export type ProcessState = 'starting' | 'ready' | 'paused' | 'waiting' | 'stopped' | 'failed';

export type LifeFact =
  | { readonly kind: 'started'; readonly pid: number }
  /** `afterMs` since this process was started, known to 20 ms. */
  | { readonly kind: 'ready'; readonly afterMs: number }
  /** It ended by itself or was killed: `code` or `signal` is null. */
  | {
      readonly kind: 'died';
      readonly code: number | null;
      readonly signal: string | null;
      /** Killed by the kernel at its container's memory limit. */
      readonly outOfMemory?: boolean;
    }
  | { readonly kind: 'restarting'; readonly delayMs: number }
  /** It ended because it was asked to. */
  | { readonly kind: 'stopped'; readonly code: number | null; readonly signal: string | null }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'paused' }
  | { readonly kind: 'resumed' };

/** `atMs` is nowMs() of the moment; of a worker, of the moment in which the supervisor heard of it. */
export type LifeEvent = LifeFact & {
  /**
   * A component, a replica of one (`catalog-2`), a worker (`monolith-worker-1`), or the function
   * whose process it is (`shop-catalog`): many may have that name at the same time.
   */
  readonly name: string;
  /** The component that a second or later replica, a worker or a function belongs to. */
  readonly of?: string | undefined;
  /** A process of a function: nobody restarts it, the next request starts another. */
  readonly isFunction?: boolean;
  readonly atMs: number;
};

/** Since 1970 yet never stepping back: comparable between threads and processes of one machine. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
