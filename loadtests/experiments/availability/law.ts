// experiments/availability/law.ts: what share of customers must fail if failures multiply.
// Used by the claims and the figures of experiments/availability.ts; arithmetic, no measurement.

/** What a customer does when a request fails. */
export type Policy = 'once' | 'second try' | 'same key again' | 'new key once rejected';

/** Everything that decides how many customers fail; the shape of the shop is not part of it. */
export interface Situation {
  /** A checkout needs its services one after the other, a page asks for all of them at once. */
  readonly journey: 'checkout' | 'page';
  /** How many services it needs of those that may fail. */
  readonly needed: number;
  /** How often each of them fails, in per cent of the calls, or of the time for a common cause. */
  readonly percent: number;
  readonly cause: 'independent' | 'common';
  readonly policy: Policy;
}

/**
 * @returns the share of customers who get no good answer, 0–1. With p for the chance of one failure
 *   and n for the services needed; a common cause outlasts any second try.
 */
export function failureOf({ needed: n, percent, cause, policy }: Situation): number {
  const p = percent / 100;
  if (cause === 'common') return p;
  switch (policy) {
    case 'once':
      return 1 - (1 - p) ** n;
    case 'second try':
      return 1 - (1 - p ** 2) ** n;
    // Only the first step comes before the order is stored; what fails later is a stored answer.
    case 'same key again':
      return 1 - (1 - p ** 2) * (1 - p) ** (n - 1);
    case 'new key once rejected':
      return (1 - (1 - p) ** n) ** 2;
  }
}

/** A share that is right strays further than this once in millions of runs. */
const STANDARD_ERRORS = 5;

/**
 * How far a measured share may be off, its interval included: half of it is for the interval.
 * @param trials 1 or more
 */
export function toleranceOf(share: number, trials: number): number {
  return STANDARD_ERRORS * Math.sqrt((share * (1 - share)) / trials);
}

/** The arm in which it is measured. */
export function armOf(shape: string, { journey, needed, percent, cause }: Situation): string {
  const what = journey === 'checkout' ? `checkout of ${needed}` : 'page';
  return `${shape}, ${what}, ${percent} %, ${cause}`;
}

/** The sample in which it is counted: an arm counts several situations with the same customers. */
export function sampleOf(shape: string, situation: Situation): string {
  const { journey, needed, policy } = situation;
  const arm = armOf(shape, situation);
  if (journey === 'page') return `${arm}: ${needed} needed, ${policy}`;
  return policy === 'once' ? arm : `${arm}: ${policy}`;
}
