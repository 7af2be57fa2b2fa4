// A lock handed on in the order it was asked for, so that nobody overtakes and nobody starves.
// Called by sqlite.ts, where one writer serves every request of the process.

/** One holder at a time; the others wait in line. */
export interface FifoLock {
  /**
   * Resolves when the caller holds the lock; the caller must give() it back.
   * @param limitMs how long to stand in line, > 0; for ever unless given
   * @throws Error when the time is up; the caller then holds nothing
   */
  take(limitMs?: number): Promise<void>;
  give(): void;
}

/** @returns a lock that nobody holds */
export function fifoLock(): FifoLock {
  let held = false;
  const line = new Set<() => void>(); // keeps insertion order, and forgets a place in one step

  async function take(limitMs?: number): Promise<void> {
    if (held) return inLine(line, limitMs);
    held = true;
  }

  function give(): void {
    const [next] = line;
    // `held` stays true while it passes on: a newcomer cannot slip in before the one it wakes.
    if (next === undefined) held = false;
    else next();
  }

  return { take, give };
}

function inLine(line: Set<() => void>, limitMs: number | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = limitMs === undefined ? undefined : setTimeout(giveUp, limitMs);
    line.add(enter);

    function enter(): void {
      line.delete(enter);
      clearTimeout(timer);
      resolve();
    }

    function giveUp(): void {
      line.delete(enter);
      reject(new Error(`Waited ${limitMs} ms for the lock.`));
    }
  });
}
