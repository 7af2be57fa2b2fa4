// simulation/pipelines.ts: simulated changes on their way through one pipeline, or through one a team.
// Used by simulate.ts. No clock and no events: each start follows from what ended before.
import type { Change } from './changes.ts';

/** One change from ready to its end, in simulated ms. */
export interface Passage {
  readonly readyMs: number;
  /** When its first run began. */
  readonly startMs: number;
  readonly endMs: number;
  /** Live at `endMs`; otherwise sent back then. */
  readonly live: boolean;
}

/** One run of a pipeline, or of two in lockstep. */
export interface Run {
  readonly startMs: number;
  readonly endMs: number;
  readonly pipelines: 1 | 2;
}

export interface Traffic {
  readonly passages: readonly Passage[];
  readonly runs: readonly Run[];
}

/**
 * One pipeline for everybody. Whenever it is free it takes all that wait, up to `batch`, and tests
 * them together. A batch that fails is halved until the bad changes stand alone and are sent back;
 * whatever passes goes live at once. A batch of 1 is the plain serial pipeline.
 * @param drawMs how long the next run takes
 */
export function throughOne(
  changes: readonly Change[],
  batch: number,
  drawMs: () => number,
): Traffic {
  const passages: Passage[] = [];
  const runs: Run[] = [];
  const test = (together: readonly Change[], startMs: number, runMs: number): number => {
    const endMs = runMs + drawMs();
    runs.push({ startMs: runMs, endMs, pipelines: 1 });
    const fails = together.some(({ bad }) => bad);
    if (fails && together.length > 1) {
      const half = Math.ceil(together.length / 2);
      return test(together.slice(half), startMs, test(together.slice(0, half), startMs, endMs));
    }
    for (const { readyMs } of together) passages.push({ readyMs, startMs, endMs, live: !fails });
    return endMs;
  };
  let freeMs = 0;
  for (let next = 0; next < changes.length; ) {
    const startMs = Math.max(freeMs, changes[next]?.readyMs ?? 0);
    const together = changes
      .slice(next, next + batch)
      .filter(({ readyMs }, index) => index === 0 || readyMs <= startMs);
    freeMs = test(together, startMs, startMs);
    next += together.length;
  }
  return { passages, runs };
}

/**
 * A pipeline for each team, first come, first served. A coupled change stands in two queues; it
 * starts when both pipelines have got to it, and both are busy until the slower run has ended.
 * @param coupledShare 0 to 1
 * @param drawMs how long the next run takes
 */
export function throughOwn(
  changes: readonly Change[],
  coupledShare: number,
  drawMs: () => number,
): Traffic {
  const freeMs = new Map<number, number>();
  const traffic = changes.map(({ readyMs, team, partner, couplingDraw, bad }) => {
    const coupled = partner !== null && couplingDraw < coupledShare;
    const used = coupled ? [team, partner] : [team];
    // In the order in which changes are ready, both queues agree on who is next: nothing can deadlock.
    const startMs = Math.max(readyMs, ...used.map((pipeline) => freeMs.get(pipeline) ?? 0));
    const endMs = startMs + Math.max(...used.map(drawMs));
    for (const pipeline of used) freeMs.set(pipeline, endMs);
    const run: Run = { startMs, endMs, pipelines: coupled ? 2 : 1 };
    return { passage: { readyMs, startMs, endMs, live: !bad }, run };
  });
  return {
    passages: traffic.map(({ passage }) => passage),
    runs: traffic.map(({ run }) => run),
  };
}
