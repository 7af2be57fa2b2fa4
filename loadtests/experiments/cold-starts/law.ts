// cold-starts/law.ts: how often a function starts cold, by formula and on a virtual clock.
// Read by the definition, its claims and its figures; pure.
import { poissonGapMs, seededRandom } from '@lab/shared/domain/random.ts';

/** How long the Lambda service of this experiment keeps what rests, ms: scaled, AWS keeps minutes. */
export const KEEP_MS = 1000;
/** Of every function: 20 MB of code do not fit into the 128 that are the default. */
export const MEMORY_MB = 1024;

/** Mean arrivals in the time that an environment is kept, λK: what the real arms try. */
export const loads = [0.5, 1, 2] as const;

/** Arrivals a second of one function at such a load. */
export const rateOf = (load: number): number => load / (KEEP_MS / 1000);

/** Of arrivals that know nothing of each other: the chance that the last one is longer ago than K. */
export const coldShare = (load: number): number => Math.exp(-load);

export type Pattern = 'poisson' | 'constant' | 'bursts of 5';
export const patterns: readonly Pattern[] = ['poisson', 'constant', 'bursts of 5'];

export interface Pool {
  readonly keepMs: number;
  /** From the arrival to the answer, with and without a start. */
  readonly coldMs: number;
  readonly warmMs: number;
}

/**
 * A pool of environments on a virtual clock: an arrival takes the one that rested last, or starts
 * another; what rests longer than K is gone.
 * @param arrivalsMs ascending
 * @returns the share that started cold, 0–1, without the very first
 */
export function simulatedColdShare(
  arrivalsMs: readonly number[],
  { keepMs, coldMs, warmMs }: Pool,
): number {
  let restingSinceMs: number[] = [];
  let cold = 0;
  for (const [at, arrivalMs] of arrivalsMs.entries()) {
    restingSinceMs = restingSinceMs.filter((since) => since + keepMs > arrivalMs);
    const free = restingSinceMs.filter((since) => since <= arrivalMs);
    const latest = free.length === 0 ? undefined : Math.max(...free);
    if (latest === undefined && at > 0) cold += 1;
    if (latest !== undefined) restingSinceMs.splice(restingSinceMs.indexOf(latest), 1);
    restingSinceMs.push(arrivalMs + (latest === undefined ? coldMs : warmMs));
  }
  return cold / Math.max(1, arrivalsMs.length - 1);
}

/**
 * @param rateRps arrivals a second in the long run, above 0
 * @param count how many, at least 1
 */
export function arrivalsOf(pattern: Pattern, rateRps: number, count: number, seed: number) {
  const random = seededRandom(seed);
  const size = pattern === 'bursts of 5' ? 5 : 1;
  const gap = () =>
    pattern === 'constant' ? 1000 / rateRps : poissonGapMs(random, rateRps / size);
  const arrivalsMs: number[] = [];
  for (let atMs = gap(); arrivalsMs.length < count; atMs += gap())
    for (let one = 0; one < size; one += 1) arrivalsMs.push(atMs);
  return arrivalsMs;
}
