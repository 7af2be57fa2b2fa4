// screen/text-table.ts: columns that line up and paragraphs that wrap, for a terminal.
// Used by the screens of the lab; knows nothing of what it lays out.

/** A cell, and how to paint it once it has been padded: escapes have no width. */
export interface TextCell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

const gap = 2;

/** The width of the table in characters, before it is printed. */
export function tableWidth(rows: readonly (readonly TextCell[])[]): number {
  const widths = columnWidths(rows);
  return widths.reduce((sum, each) => sum + each, 0) + gap * Math.max(0, widths.length - 1);
}

/** @param right indexes of the columns that are set to the right; no line ends in spaces */
export function tableLines(
  rows: readonly (readonly TextCell[])[],
  right: readonly number[] = [],
): string[] {
  const widths = columnWidths(rows);
  const padded = ({ text, paint }: TextCell, index: number, isLast: boolean) => {
    const space = ' '.repeat((widths[index] ?? 0) - width(text));
    const painted = paint === undefined || text === '' ? text : paint(text);
    if (right.includes(index)) return space + painted;
    return isLast ? painted : painted + space;
  };
  return rows.map((cells) =>
    cells
      .map((cell, index) => padded(cell, index, index === cells.length - 1))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

/**
 * Wraps at spaces; a word longer than a line is cut. Spaces at the beginning stay.
 * @param hang spaces before every line but the first
 */
export function wrapped(text: string, columns: number, hang = 0): string[] {
  const indent = ' '.repeat(hang);
  const lines: string[] = [];
  let line = /^ */.exec(text)?.[0] ?? '';
  let isEmpty = true;
  const flush = () => {
    lines.push(line.trimEnd());
    line = indent;
    isEmpty = true;
  };
  for (const word of text.trimStart().split(' ')) {
    if (!isEmpty && width(line) + 1 + width(word) > columns) flush();
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
    while (width(line) > columns) {
      const rest = [...line];
      line = rest.splice(0, columns).join('');
      flush();
      line = indent + rest.join('');
      isEmpty = false;
    }
  }
  flush();
  return lines;
}

/** The whole text, or its beginning and `…`; never wider than `columns`. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  return `${[...text].slice(0, Math.max(0, columns - 1)).join('')}…`;
}

/** Names come from outside: a control character among them could repaint the terminal. */
export function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').replaceAll('\u00a0', ' ');
}

/** In characters, each one column wide: nothing here prints wider ones. */
export function width(text: string): number {
  return [...text].length;
}

function columnWidths(rows: readonly (readonly TextCell[])[]): number[] {
  const columns = Math.max(0, ...rows.map((cells) => cells.length));
  return Array.from({ length: columns }, (_, index) =>
    Math.max(...rows.map((cells) => width(cells[index]?.text ?? ''))),
  );
}
