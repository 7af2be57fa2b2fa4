// lab/shown.ts: a metric of an arm as a cell of a table, and as a row beside its prediction.
// Called by the figures of experiments; pure.
import type { IntervalRow } from './figure.ts';
import type { Block } from './result.ts';
import { intervalOf, valuesOf } from './values.ts';
import { amount } from './words.ts';

/** The median over blocks with its unit; a dash where nothing was measured. */
export function shown(blocks: readonly Block[], arm: string, metric: string, unit: string): string {
  const values = valuesOf(blocks, arm, metric);
  return values.length === 0 ? '–' : amount(intervalOf(values).value, unit);
}

/** @param predicted left out where nothing is; @returns no row where nothing was measured */
export function rowOf(
  blocks: readonly Block[],
  arm: string,
  metric: string,
  label: string,
  predicted?: number,
): IntervalRow[] {
  const values = valuesOf(blocks, arm, metric);
  if (values.length === 0) return [];
  const bounds = predicted === undefined ? {} : { predicted: { low: predicted, high: predicted } };
  return [{ label: `${arm}: ${label}`, ...intervalOf(values), ...bounds }];
}
