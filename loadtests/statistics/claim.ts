// statistics/claim.ts: may a difference be claimed? The rule that every experiment keeps.
// Called by experiments; what is said to people is theirs.
import type { Interval } from './estimate.ts';

/** 'not judged' where an interval is missing: too few blocks, or no A/A arm. */
export type Claim = 'higher' | 'lower' | 'no difference shown' | 'not judged';

export interface Evidence {
  /** Interval of the ratio of the arm in question to its baseline. */
  readonly effect: Interval | null;
  /** The same kind of interval from the same target twice: what the harness alone makes of nothing. */
  readonly aa: Interval | null;
  /** The value of no difference; 1 for ratios. */
  readonly neutral?: number;
}

/**
 * A difference is claimed only where the effect's interval excludes the neutral value and lies
 * beyond the A/A interval, seen from there. An effect between the two is less than the harness
 * itself makes up, so it is not claimed either.
 */
export function claimOf({ effect, aa, neutral = 1 }: Evidence): Claim {
  if (!effect || !aa) return 'not judged';
  if (effect.low > Math.max(neutral, aa.high)) return 'higher';
  if (effect.high < Math.min(neutral, aa.low)) return 'lower';
  return 'no difference shown';
}
