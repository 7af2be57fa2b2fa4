// lab/words.ts: measured amounts and bounds as sentences have them.
// Used by verdicts and by the sentences and tables of experiments.

import { bounds, range as dashed, quantity } from '../report/quantity.ts';
import type { Effect } from './result.ts';

/** `1,230 µs`, `4.6 %` of a share 0.046, `1.23×`. */
export function amount(value: number, unit: string): string {
  if (Number.isFinite(value)) return quantity(value, unit);
  return value > 0 ? '∞' : '−∞';
}

/** `0.90–1.10×`: the unit once. */
export function range(low: number, high: number, unit: string): string {
  return dashed(low, high, unit);
}

/** Claims are not adjusted for their number; statistics.md says why. `''` where none was judged. */
export function byChance(effects: readonly Pick<Effect, 'claim'>[]): string {
  const count = effects.filter(({ claim }) => claim !== 'not judged').length;
  if (count === 0) return '';
  const comparisons = count === 1 ? 'One comparison' : `${count} comparisons`;
  return (
    `${comparisons}, not adjusted for their number: at 5 % false claims, the most that the rule is ` +
    `held to, ${(count / 20).toFixed(1)} would be claimed by chance. Predictions made beforehand count.`
  );
}

/** What a hypothesis wants: `≥ 20×`, `none`, `exactly 6`, `0.9–1.1×`. */
export function within(
  { atLeast, atMost }: { readonly atLeast?: number; readonly atMost?: number },
  unit: string,
): string {
  if (atLeast === undefined && atMost === 0) return 'none';
  if (atLeast !== undefined && atLeast === atMost)
    return `exactly ${bounds(atLeast, atMost, unit)}`;
  return bounds(atLeast ?? null, atMost ?? null, unit) || 'anything';
}
