// statistics/share-interval.ts: how far off a share can be that was counted in so many trials.
// Called by experiments that count requests lost, orders kept or functions started cold.
import { chanceOfAtMost } from './binomial.ts';
import { checkConfidence, type Interval } from './estimate.ts';

/**
 * Wilson's score interval of a share: close to its confidence on average, unlike ± z·s, which ends
 * at 0 wide when nothing failed. Trials must be independent; requests within one outage are not.
 * @param successes 0 to `trials`, whole
 * @param trials at least 1, whole
 * @returns shares, 0 to 1
 * @throws RangeError for other counts or a confidence that is not between 0 and 1
 */
export function binomialInterval(successes: number, trials: number, confidence = 0.95): Interval {
  checkCounts(successes, trials, confidence);
  const share = successes / trials;
  const z = normalQuantile((1 + confidence) / 2);
  const perTrial = z ** 2 / trials;
  const middle = (share + perTrial / 2) / (1 + perTrial);
  const reach =
    (z / (1 + perTrial)) * Math.sqrt((share * (1 - share)) / trials + perTrial / (4 * trials));
  // At 0 and at all of them the formula ends there exactly, but for rounding.
  return {
    low: successes === 0 ? 0 : middle - reach,
    high: successes === trials ? 1 : middle + reach,
  };
}

/**
 * Clopper and Pearson's exact interval: never covers less than it says, and is wider for it.
 * Takes as many steps as there are successes, some hundred times.
 * @returns shares, 0 to 1
 * @throws RangeError like `binomialInterval`
 */
export function exactBinomialInterval(
  successes: number,
  trials: number,
  confidence = 0.95,
): Interval {
  checkCounts(successes, trials, confidence);
  const tail = (1 - confidence) / 2;
  // The smallest share for which so many or more are not too rare, and the largest for so few or fewer.
  return {
    low: zeroOf((share) => tail - (1 - chanceOfAtMost(successes - 1, trials, share)), 0, 1),
    high: zeroOf((share) => chanceOfAtMost(successes, trials, share) - tail, 0, 1),
  };
}

function checkCounts(successes: number, trials: number, confidence: number): void {
  checkConfidence(confidence);
  const whole = Number.isInteger(successes) && Number.isInteger(trials);
  if (whole && trials >= 1 && successes >= 0 && successes <= trials) return;
  throw new RangeError(`${successes} of ${trials} is no count of successes in trials.`);
}

/** How many standard deviations lie below `chance` of a normal; `chance` is above 1/2. */
function normalQuantile(chance: number): number {
  return zeroOf((z) => chance - normalChance(z), 0, 8);
}

/** Φ(z) for z ≥ 0, by its series 1/2 + φ(z)·(z + z³/3 + z⁵/(3·5) + …), whose terms are all positive. */
function normalChance(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; term > 1e-17; odd += 2) {
    term *= z ** 2 / odd;
    sum += term;
  }
  return 1 / 2 + (sum * Math.exp(-(z ** 2) / 2)) / Math.sqrt(2 * Math.PI);
}

/** Where a falling function crosses 0 between two ends, by halving; `high` when it does not. */
function zeroOf(falling: (at: number) => number, low: number, high: number): number {
  let [from, to] = [low, high];
  for (let step = 0; step < 60; step += 1) {
    const middle = (from + to) / 2;
    if (falling(middle) > 0) from = middle;
    else to = middle;
  }
  return to;
}
