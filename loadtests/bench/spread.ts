// bench/spread.ts: what is said of a handful of repeated measurements: the middle and both ends.
// Used for every figure that the bench prints.

/** Of at least one value. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @throws RangeError without a value: nothing was measured, and zero would be a lie */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[Math.floor(index)] ?? Number.NaN;
  if (sorted.length === 0) throw new RangeError('A spread needs at least one value.');
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(middle) + at(middle + 0.5)) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  };
}

/** `12.3 (11.9–14.0)` */
export function shownSpread({ median, min, max }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}
