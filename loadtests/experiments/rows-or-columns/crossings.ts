// rows-or-columns/crossings.ts: up to how many columns a store by column takes less CPU than one by row.
// Called by figures.ts with the accepted blocks; pure.
import type { TableFigure } from '../../lab/figure.ts';
import type { Block } from '../../lab/result.ts';
import { intervalOf, valuesOf } from '../../lab/values.ts';
import { ALL, armOf, countsIn } from './claims.ts';

const pairs = [
  ['columns', 'binary rows'],
  ['columns, assembled', 'binary rows'],
  ['Parquet in DuckDB', 'SQLite tables'],
  ['Parquet, into JavaScript', 'SQLite, into JavaScript'],
] as const;

export function crossings(blocks: readonly Block[]): TableFigure {
  return {
    kind: 'table',
    title: 'Where rows become the better store',
    caption:
      'From how many columns on the store by column takes more CPU than the one by row: between two ' +
      'numbers that were asked, on a straight line between the medians of their ratios.',
    head: ['by column', 'by row', 'crossing'],
    rows: pairs.map(([column, row]) => [column, row, shownCrossing(ratios(blocks, column, row))]),
  };
}

/** One number of columns, and how many times the CPU of rows it takes by column. */
export interface Ratio {
  readonly columns: number;
  readonly ratio: number;
}

function ratios(blocks: readonly Block[], column: string, row: string): Ratio[] {
  return countsIn.full.flatMap((columns) => {
    const [ours, theirs] = [column, row].map((name) =>
      valuesOf(blocks, armOf(name, columns), 'cpuMs'),
    );
    if (!ours?.length || !theirs?.length) return [];
    return [{ columns, ratio: intervalOf(ours).value / intervalOf(theirs).value }];
  });
}

/** @returns from how many columns on the ratio is 1 or more, undefined where it is below at the end */
export function crossingOf(ratios: readonly Ratio[]): number | undefined {
  const at = ratios.findLastIndex(({ ratio }) => !(ratio >= 1)) + 1;
  const [before, after] = [ratios[at - 1], ratios[at]];
  if (after === undefined) return undefined;
  if (before === undefined) return after.columns;
  const share = (1 - before.ratio) / (after.ratio - before.ratio);
  return before.columns + share * (after.columns - before.columns);
}

function shownCrossing(of: readonly Ratio[]): string {
  if (of.length === 0) return 'not measured';
  const at = crossingOf(of);
  const least = of[0]?.columns ?? 1;
  if (at === undefined) return `none up to ${ALL} of ${ALL}`;
  return at <= least ? `from ${least} on` : `at about ${Math.round(at)} of ${ALL}`;
}
