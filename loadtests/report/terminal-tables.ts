// report/terminal-tables.ts: who was killed and the totals, shape beside shape, as lines of text.
// Used by terminal.ts; a table where it fits the terminal, else one paragraph a row.
import type { ComparisonResult } from '../experiments/result.ts';
import { fates } from './blast.ts';
import { NBSP } from './figures.ts';
import { type ScoreRow, scoreboard } from './scoreboard.ts';
import type { Colors } from './terminal-matrix.ts';
import { plain, type TextCell, tableLines, tableWidth, wrapped } from './text-table.ts';

/** Which process died when each component was crashed. */
export function fateLines(result: ComparisonResult, columns: number, colors: Colors): string[] {
  const rows = fates(result).map(({ component, byTarget }) => [
    component,
    ...byTarget.map(({ list, absence }) =>
      list.length === 0
        ? absence
        : list.map(({ process, words }) => `${process}, ${words}`).join('; '),
    ),
  ]);
  const header = ['crashed', ...result.targets.map(({ name }) => `died in ${name}`)];
  return fitted(header, rows, columns, { colors, align: 'left' });
}

/** Every total, one row a quantity, one column a shape. */
export function scoreLines(result: ComparisonResult, columns: number, colors: Colors): string[] {
  const header = ['', ...result.targets.map(({ name }) => name)];
  const rows = scoreboard(result).flatMap(({ title, rows }) => [[title], ...rows.map(cellsOf)]);
  return fitted(header, rows, columns, { colors, align: 'right' });
}

function cellsOf({ label, values, ratios }: ScoreRow): string[] {
  const words = values.map((value, index) =>
    [ratios[index] ?? '', value].join(NBSP.repeat(2)).trim(),
  );
  return [`  ${label}`, ...words];
}

interface Style {
  readonly colors: Colors;
  readonly align: 'left' | 'right';
}

function fitted(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
  { colors, align }: Style,
): string[] {
  const table = [
    header.map((text): TextCell => ({ text: plain(text), paint: colors.dim })),
    ...rows.map((cells) => cells.map((text): TextCell => ({ text: plain(text) || '–' }))),
  ];
  if (tableWidth(table) <= columns) return tableLines(table, align);
  return rows.flatMap(([label = '', ...cells]) => {
    const words = cells.map((text, index) => `${header[index + 1]}: ${text || '–'}`);
    const dash = cells.length === 0 ? '' : ' — ';
    return wrapped(plain(`${label.trim()}${dash}${words.join(' | ')}`), columns, 4);
  });
}
