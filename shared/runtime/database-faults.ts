// runtime/database-faults.ts: how a fault wears a database out, whatever the engine.
// Implemented by sqlite-faults.ts and postgres-faults.ts; called by chaos/suffer.ts.

/** Something of the database that is taken; `over` resolves when it is free again, and never rejects. */
export interface Hold {
  readonly over: Promise<void>;
}

/**
 * What the fault switches may do to a database. Every time is in milliseconds; `healed` ends a hold
 * before its time.
 */
export interface DatabaseFaults {
  /** One statement that keeps the database's CPU busy for `ms`. SQLite: and the event loop with it. */
  runSlowly(ms: number): Promise<void>;
  /**
   * Another connection keeps every writer out for `ms`; readers go on. It ends by itself, also
   * when this process's event loop stands still.
   * @returns once the lock is taken
   * @throws Error when it cannot be had within 10 s
   */
  lockWrites(ms: number, healed: AbortSignal): Promise<Hold>;
  /**
   * Takes every connection that requests share (SQLite: the one writer) for `ms`.
   * @returns once all are taken
   * @throws Error when they stay busy for 10 s
   */
  takePool(ms: number, healed: AbortSignal): Promise<Hold>;
}

/** Lends one connection for the time `work` takes. */
type Lend = (work: () => Promise<void>) => Promise<void>;

/** `takePool` of a pool that has `count` connections. */
export async function takeAll(
  count: number,
  lend: Lend,
  ms: number,
  healed: AbortSignal,
): Promise<Hold> {
  let giveBack = (): void => {};
  const over = new Promise<void>((resolve) => {
    giveBack = resolve;
  });
  endEarly(healed, over, giveBack);
  const taking = Array.from({ length: count }, () => borrow(lend, over));
  await Promise.all(taking).catch((error) => {
    giveBack();
    throw error;
  });
  setTimeout(giveBack, ms).unref();
  return { over };
}

/** Calls `end` when the fault is healed before `over`. */
export function endEarly(healed: AbortSignal, over: Promise<void>, end: () => void): void {
  if (healed.aborted) end();
  healed.addEventListener('abort', end);
  void over.then(() => healed.removeEventListener('abort', end));
}

/** Resolves when the connection is there; it goes back when `over` resolves. */
function borrow(lend: Lend, over: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const work = () => {
      resolve();
      return over;
    };
    lend(work).catch(reject);
  });
}
