// api-gateway/quota.ts: how many requests a day, a week or a month a key may make.
// Called by usage.ts, once for each key of a plan.

export interface Quota {
  readonly limit: number;
  readonly period: 'DAY' | 'WEEK' | 'MONTH';
  /** Taken off the limit in the period in which the plan begins; default 0. */
  readonly offset?: number | undefined;
}

/** @returns counts a request; false when the quota is used up, which is not counted */
export function createQuota(
  { limit, period, offset = 0 }: Quota,
  now: () => number,
): () => boolean {
  let current = periodAt(period, now());
  let used = offset;
  return () => {
    const at = periodAt(period, now());
    if (at !== current) used = 0;
    current = at;
    if (used >= limit) return false;
    used += 1;
    return true;
  };
}

/** The number of a period, in UTC. AWS does not say on which day a week begins: here, on Sunday. */
function periodAt(period: Quota['period'], ms: number): number {
  const days = Math.floor(ms / 86_400_000);
  if (period === 'DAY') return days;
  // Day 0, the first of 1970, was a Thursday.
  if (period === 'WEEK') return Math.floor((days + 4) / 7);
  const date = new Date(ms);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
