// domain/random.ts: randomness that can be repeated, from a seed.
// Fixtures, load scenarios and experiments use it, so that a run can be replayed exactly.

/**
 * Mulberry32 (Tommy Ettinger): 32 bits of state, period 2^32, good enough for load and fixtures,
 * never for secrets. The same seed gives the same sequence on every machine.
 * @param seed a whole number; only its low 32 bits count
 * @returns a function that gives the next number in [0, 1)
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Milliseconds until the next arrival when arrivals are independent (a Poisson process), as
 * customers are; the mean is 1000 / rateRps.
 * @param random gives numbers in [0, 1)
 * @param rateRps arrivals a second on average, more than 0
 * @throws RangeError for a rate that is not a number above 0
 */
export function poissonGapMs(random: () => number, rateRps: number): number {
  if (!(rateRps > 0)) throw new RangeError(`rateRps must be above 0, not ${rateRps}.`);
  // 1 - u is never 0, and the logarithm of 0 would be an endless gap.
  return (-Math.log(1 - random()) * 1000) / rateRps;
}

/**
 * Draws items in proportion to their weights.
 * @param weighted at least one item; weights ≥ 0, their sum above 0
 * @returns a function that draws the next item, at the cost of one random number
 * @throws RangeError for an empty list or a sum that is not above 0
 */
export function weightedPicker<Item>(
  weighted: readonly (readonly [item: Item, weight: number])[],
): (random: () => number) => Item {
  let total = 0;
  const upTo = weighted.map(([, weight]) => (total += weight));
  const [first] = weighted;
  if (!first || !(total > 0))
    throw new RangeError('Nothing to pick from: the weights add up to 0.');
  return (random) => (weighted[firstAbove(upTo, random() * total)] ?? first)[0];
}

/** Index of the first of the ascending numbers above `target`, by halving. */
function firstAbove(ascending: readonly number[], target: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
