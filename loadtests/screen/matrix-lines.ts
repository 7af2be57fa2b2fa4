// screen/matrix-lines.ts: who was hit by what, as lines of text in the roomiest layout that fits.
// Used by figure-lines.ts.
import type { MatrixCell, MatrixFigure } from '../lab/figure.ts';
import { levelLook, levels } from '../report/palette.ts';
import type { Colors, Page } from './page.ts';
import { plain, type TextCell, tableLines, tableWidth, width, wrapped } from './text-table.ts';

type Group = MatrixFigure['groups'][number];
type Row = Group['rows'][number];

/** One table for all groups, so that they can be held against each other. */
export function matrixLines({ columns, groups }: MatrixFigure, page: Page): string[] {
  const { colors, mostColumns } = page;
  const tableOf = (layout: typeof wideRow) =>
    groups.flatMap((group) => [
      headerOf(group, columns, colors),
      ...group.rows.flatMap((row) => layout(row, colors)),
    ]);
  const tall = tableOf(tallRow);
  const fitting = [tableOf(wideRow), tall].find((rows) => tableWidth(rows) <= mostColumns);
  const lines = fitting
    ? tableLines(fitting)
    : (labelsAbove(tall, mostColumns) ??
      groups.flatMap((group) => stackedGroup(group, columns, page)));
  return [...lines, ...legend(groups, page)];
}

/** Long labels get a line of their own; undefined when even that does not fit. */
function labelsAbove(rows: readonly (readonly TextCell[])[], columns: number) {
  const labels = rows.map(([label = { text: '' }]) => label);
  const bare = rows.map(([, ...cells]) => [{ text: '' }, ...cells]);
  const isTooWide = labels.some(({ text }) => width(text) > columns);
  if (isTooWide || tableWidth(bare) > columns) return undefined;
  return tableLines(bare).flatMap((line, index) => {
    const { text = '', paint = (same: string) => same } = labels[index] ?? {};
    return text === '' ? [line] : [paint(text), line];
  });
}

function headerOf({ title }: Group, columns: readonly string[], colors: Colors): TextCell[] {
  const heads = columns.map((text): TextCell => ({ text: plain(text), paint: colors.dim }));
  return [{ text: plain(title), paint: colors.bold }, ...heads];
}

/** `▓ 38 % 1.2 s` */
function wideRow({ label, cells }: Row, colors: Colors): TextCell[][] {
  const texts = cells.map((cell) => painted(cell, withNote(cell), colors));
  return [[{ text: plain(label) }, ...texts]];
}

/** The share above, the note below it. */
function tallRow({ label, cells }: Row, colors: Colors): TextCell[][] {
  const above = cells.map((cell) => painted(cell, signOf(cell), colors));
  const below = cells.map((cell) =>
    painted(cell, cell.note ? `  ${plain(cell.note)}` : '', colors),
  );
  const rows = [[{ text: plain(label) }, ...above]];
  return below.some(({ text }) => text !== '') ? [...rows, [{ text: '' }, ...below]] : rows;
}

/** Only what was hit is told. */
function stackedGroup(
  { title, rows }: Group,
  columns: readonly string[],
  { colors, columns: room }: Page,
): string[] {
  const lines = rows.flatMap(({ label, cells }) => {
    const words = cells.flatMap((cell, index) =>
      (cell.level ?? 0) > 0 ? [`${columns[index]} ${withNote(cell)}`] : [],
    );
    const isAsked = cells.some(({ level }) => level !== null);
    const told = words.join(', ') || (isAsked ? 'touched nothing' : levelLook(null).word);
    return wrapped(plain(`${label}: ${told}`), room, 2);
  });
  return [...wrapped(plain(title), room).map(colors.bold), ...lines];
}

function signOf({ level, text, own }: MatrixCell): string {
  const { symbol } = levelLook(level);
  // Some write the symbol of "untouched" into the text: once is enough.
  const words = plain(text).trim();
  const sign = words === '' || words === symbol ? symbol : `${symbol} ${words}`;
  return own ? `${sign}*` : sign;
}

function withNote(cell: MatrixCell): string {
  return [signOf(cell), plain(cell.note ?? '')].join(' ').trimEnd();
}

function painted(cell: MatrixCell, text: string, colors: Colors): TextCell {
  const paint = paintOf(cell.level, colors);
  return { text, paint: (padded) => (cell.own ? colors.bold(paint(padded)) : paint(padded)) };
}

function paintOf(level: MatrixCell['level'], colors: Colors): (text: string) => string {
  if (level === null || level === 0) return colors.dim;
  return level >= 3 ? colors.red : colors.yellow;
}

function legend(groups: readonly Group[], { columns, colors }: Page): string[] {
  const isMarked = groups.some(({ rows }) => rows.some(({ cells }) => cells.some((c) => c.own)));
  const words = [
    ...levels.map(levelLook).map(({ symbol, word }) => `${symbol} ${word}`),
    ...(isMarked ? ['* what the fault was given to'] : []),
  ];
  return wrapped(words.join(', '), columns).map(colors.dim);
}
