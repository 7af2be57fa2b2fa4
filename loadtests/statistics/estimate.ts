// statistics/estimate.ts: a median with its interval, or with the reason why it has none.
// Returned by medianInterval and ratioInterval; claimOf reads the intervals.

/** Both ends belong to it. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Estimate {
  readonly median: number;
  /** null when there are too few values for the confidence that was asked for. */
  readonly interval: Interval | null;
  /** Share of repetitions (0 to 1) whose interval holds the true median; without one, the most possible. */
  readonly confidence: number;
  /** Values, or blocks, behind it. */
  readonly count: number;
  /** Why there is no interval, as a sentence for people; null when there is one. */
  readonly reason: string | null;
}

/**
 * The fewest values that can bound a median. All n of them lie on one side of it with a chance of
 * 2 / 2ⁿ, and then no interval made of them holds it.
 * @param confidence more than 0, less than 1; 0.95 needs 6 values
 * @throws RangeError for any other confidence
 */
export function fewestValues(confidence: number): number {
  checkConfidence(confidence);
  let count = 1;
  while (mostConfidence(count) < confidence) count += 1;
  return count;
}

/** The estimate of too few values: their median, and why nothing can be said about how far off it is. */
export function withoutInterval(median: number, count: number, confidence: number): Estimate {
  const most = mostConfidence(count);
  const values = count === 1 ? '1 value' : `${count} values`;
  return {
    median,
    interval: null,
    confidence: most,
    count,
    reason:
      `${values} cannot give ${percent(confidence)}: even the range of all holds the true median in ` +
      `only ${percent(most)} of cases; measure at least ${fewestValues(confidence)}.`,
  };
}

/** @throws RangeError unless it is more than 0 and less than 1 */
export function checkConfidence(confidence: number): void {
  if (confidence > 0 && confidence < 1) return;
  throw new RangeError(`A confidence lies between 0 and 1, as 0.95 does, not at ${confidence}.`);
}

function mostConfidence(count: number): number {
  return 1 - 2 ** (1 - count);
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}
