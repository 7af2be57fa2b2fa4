// lab/shown.ts: metrics of arms as tables, their cells, and rows beside a prediction.
// Called by the figures of experiments; pure.
import type { IntervalRow, TableFigure } from './figure.ts';
import type { Block } from './result.ts';
import { intervalOf, valuesOf } from './values.ts';
import { amount } from './words.ts';

/** The median over blocks with its unit; a dash where nothing was measured. */
export function shown(blocks: readonly Block[], arm: string, metric: string, unit: string): string {
  const values = valuesOf(blocks, arm, metric);
  return values.length === 0 ? '–' : amount(intervalOf(values).value, unit);
}

export type Column = readonly [metric: string, head: string, unit: string];

/** A row an arm: the medians of some of its metrics. */
export function metricsTable(
  blocks: readonly Block[],
  arms: readonly string[],
  columns: readonly Column[],
  words: Pick<TableFigure, 'title' | 'caption'>,
): TableFigure {
  return {
    kind: 'table',
    ...words,
    head: ['', ...columns.map(([, head]) => head)],
    rows: arms.map((arm) => [
      arm,
      ...columns.map(([metric, , unit]) => shown(blocks, arm, metric, unit)),
    ]),
  };
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
