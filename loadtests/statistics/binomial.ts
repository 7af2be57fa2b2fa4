// statistics/binomial.ts: the chance of so many heads in so many throws.
// Used by the rank interval, the sign test and the exact interval of a share.

/**
 * P(X ≤ successes) of a binomial. It adds up to `successes` terms, in logarithms: the first of
 * many trials would be 0 otherwise.
 * @param successes below 0 has no chance at all
 * @param share chance of one success, 0 to 1
 */
export function chanceOfAtMost(successes: number, trials: number, share: number): number {
  if (successes < 0) return 0;
  if (successes >= trials || share <= 0) return 1;
  if (share >= 1) return 0;
  const logOdds = Math.log(share) - Math.log1p(-share);
  let logTerm = trials * Math.log1p(-share);
  let sum = Math.exp(logTerm);
  for (let count = 1; count <= successes; count += 1) {
    logTerm += Math.log((trials - count + 1) / count) + logOdds;
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}
