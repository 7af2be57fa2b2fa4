// statistics/quantile.ts: medians and quantiles of a list of measurements.
// Used by the other files here and by the simulation; histograms have their own in load/latency.ts.

/**
 * The middle value, or the mean of the two in the middle.
 * @throws RangeError without a value, or for one that is not a finite number
 */
export function medianOf(values: readonly number[]): number {
  return quantileOf(values, 0.5);
}

/**
 * Quantile by Hyndman and Fan's type 7, the default of R and NumPy: the value at the place
 * q(n − 1) of the sorted list, counted from 0, in a straight line between neighbours.
 * @param q 0 (the smallest) to 1 (the largest)
 * @throws RangeError without a value, for one that is not finite, or for q outside 0 to 1
 */
export function quantileOf(values: readonly number[], q: number): number {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`A quantile lies between 0 and 1, not at ${q}.`);
  const sorted = ascending(values);
  const place = q * (sorted.length - 1);
  const [low, high] = [valueAt(sorted, Math.floor(place)), valueAt(sorted, Math.ceil(place))];
  return low + (high - low) * (place - Math.floor(place));
}

/**
 * A sorted copy.
 * @throws RangeError without a value, or for one that is not a finite number
 */
export function ascending(values: readonly number[]): Float64Array {
  if (values.length === 0) throw new RangeError('Nothing was measured: give at least one value.');
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) throw new RangeError(`A measurement must be finite, not ${wrong}.`);
  return Float64Array.from(values).sort();
}

/** @throws RangeError outside the list, where a default would be a made-up measurement */
export function valueAt(values: ArrayLike<number>, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`No value at ${index} of ${values.length}.`);
  return value;
}
