// chaos/line.ts: a line in front of something that only so many may do at a time.
// Used by suffer.ts for a latency that stands for a few connections to something slow.

export interface Line {
  /** Does `wait` once it is this call's turn, in the order of the calls. */
  pass(wait: () => Promise<unknown>): Promise<void>;
}

/**
 * @param atOnce at least 1; Infinity: nobody stands in line
 * @param over lets all go who stand in line, and whoever comes later
 */
export function createLine(atOnce: number, over: AbortSignal): Line {
  const standing: (() => void)[] = [];
  let free = atOnce;
  over.addEventListener('abort', () => {
    free = Number.POSITIVE_INFINITY;
    for (const go of standing.splice(0)) go();
  });
  return {
    async pass(wait) {
      if (free > 0) free -= 1;
      else await new Promise<void>((go) => standing.push(go));
      try {
        await wait();
      } finally {
        const next = standing.shift();
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
