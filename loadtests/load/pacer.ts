// load/pacer.ts: when each request is meant to leave, decided before anything is known of answers.
// Used by the attacker; pure, so a test can walk it through time at will.
import { poissonGapMs, seededRandom } from '@lab/shared/domain/random.ts';

/** Milliseconds from the start of the run to the next arrival; never decreases. */
export type Pacer = () => number;

export interface Pace {
  readonly arrivals: 'constant' | 'poisson';
  /** Mean arrivals a second, > 0. */
  readonly rateRps: number;
  /** Used by Poisson arrivals only. */
  readonly seed: number;
}

/** The first arrival is at 0 when constant, after one random gap when Poisson. */
export function createPacer({ arrivals, rateRps, seed }: Pace): Pacer {
  return arrivals === 'constant' ? constantPacer(rateRps) : poissonPacer(rateRps, seed);
}

/**
 * The same arrivals on a clock that speeds up: the rate grows geometrically from the start to the
 * end of the duration, and the mean over all of it stays what it was.
 * @param growth rate at the end ÷ rate at the start, above 1
 */
export function ramped(pacer: Pacer, growth: number, durationMs: number): Pacer {
  return () => {
    const share = pacer() / durationMs;
    return (durationMs * Math.log1p(share * (growth - 1))) / Math.log(growth);
  };
}

/** The arrivals that are due, each handed out once. */
export interface Schedule {
  /** Intended times ≤ `nowMs` not taken before, oldest first; all in ms since the start. */
  takeDue(nowMs: number): number[];
  /** Next intended time, or undefined after the last. */
  nextMs(): number | undefined;
  /** No arrival at or after this; a later call can only bring it nearer. */
  endAt(endMs: number): void;
  readonly takenCount: number;
  /** Where it ends: the planned end, or the earlier one it was given. */
  readonly durationMs: number;
}

/**
 * An open-loop schedule: falling behind never moves it, so late arrivals leave in a bunch
 * and their latency, counted from the intended time, shows the delay.
 * @param maxCount arrivals at most, a guard against a mistyped rate
 */
export function createSchedule(pacer: Pacer, durationMs: number, maxCount: number): Schedule {
  let next = pacer();
  let endMs = durationMs;
  let takenCount = 0;
  const open = () => next < endMs && takenCount < maxCount;
  return {
    takeDue(nowMs) {
      const due: number[] = [];
      while (open() && next <= nowMs) {
        due.push(next);
        takenCount += 1;
        next = pacer();
      }
      return due;
    },
    nextMs: () => (open() ? next : undefined),
    endAt(ms) {
      endMs = Math.min(endMs, ms);
    },
    get takenCount() {
      return takenCount;
    },
    get durationMs() {
      return endMs;
    },
  };
}

// Multiplied, not added up: after an hour the thousandth of a millisecond is still right.
function constantPacer(rateRps: number): Pacer {
  let count = 0;
  return () => (count++ * 1000) / rateRps;
}

function poissonPacer(rateRps: number, seed: number): Pacer {
  const random = seededRandom(seed);
  let atMs = 0;
  return () => {
    atMs += poissonGapMs(random, rateRps);
    return atMs;
  };
}
