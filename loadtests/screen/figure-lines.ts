// screen/figure-lines.ts: a figure of a result as text: tables and matrices; drawings are only named.
// Used by lab-verdicts.ts; knows no experiment.
import type { Figure, TableFigure } from '../lab/figure.ts';
import { matrixLines } from './matrix-lines.ts';
import { type Page, paragraph } from './page.ts';
import { plain, type TextCell, tableLines, tableWidth, wrapped } from './text-table.ts';

export function figureLines(figure: Figure, page: Page): string[] {
  const { colors } = page;
  if (figure.kind !== 'matrix' && figure.kind !== 'table')
    return paragraph(`${figure.title}: a drawing, on the page.`, page, colors.dim);
  return [
    ...paragraph(figure.title, page, colors.bold),
    ...(figure.kind === 'matrix' ? matrixLines(figure, page) : plainTable(figure, page)),
    ...paragraph(figure.caption, page, colors.dim),
  ];
}

/** Stacked where it does not fit: a paragraph a row, each cell with the name of its column. */
function plainTable({ head, rows }: TableFigure, page: Page): string[] {
  const header = head.map((text): TextCell => ({ text: plain(text), paint: page.colors.dim }));
  const cells = rows.map((row) => row.map((text): TextCell => ({ text: plain(text) || '–' })));
  const table = [header, ...cells];
  if (tableWidth(table) <= page.mostColumns) return tableLines(table, numbers(rows));
  return cells.flatMap(([name, ...rest]) => {
    const words = rest.map(({ text }, index) => `${header[index + 1]?.text}: ${text}`);
    return wrapped(`${name?.text} — ${words.join(' | ')}`, page.columns, 4);
  });
}

/** Columns whose every cell begins like a number are set to the right. */
function numbers(rows: TableFigure['rows']): number[] {
  const columns = (rows[0] ?? []).map((_, index) => index).slice(1);
  const isNumber = (text = '') => /^$|^[–<>×≤≥±+−-]?\s*[\d–]/u.test(text);
  return columns.filter((index) => rows.every((row) => isNumber(row[index])));
}
