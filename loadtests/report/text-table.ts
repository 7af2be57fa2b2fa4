// report/text-table.ts: columns that line up and paragraphs that wrap, for a terminal.
// Used by the terminal report; knows nothing of what it lays out.

/** A cell, and how to paint it once it has been padded: escapes have no width. */
export interface TextCell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

const GAP = 2;

/** The width of the table in characters, before it is printed. */
export function tableWidth(rows: readonly (readonly TextCell[])[]): number {
  const widths = columnWidths(rows);
  return widths.reduce((sum, width) => sum + width, 0) + GAP * Math.max(0, widths.length - 1);
}

/** First column to the left, the others as told; no line ends in spaces. */
export function tableLines(
  rows: readonly (readonly TextCell[])[],
  align: 'left' | 'right' = 'left',
): string[] {
  const widths = columnWidths(rows);
  return rows.map((cells) =>
    cells
      .map(({ text, paint }, index) => {
        const space = ' '.repeat((widths[index] ?? 0) - width(text));
        const painted = paint === undefined || text === '' ? text : paint(text);
        if (index > 0 && align === 'right') return space + painted;
        return index === cells.length - 1 ? painted : painted + space;
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

/**
 * Wraps at spaces; a word longer than a line is cut.
 * @param hang spaces before every line but the first
 */
export function wrapped(text: string, columns: number, hang = 0): string[] {
  const lines: string[] = [];
  let line = '';
  const room = () => columns - (lines.length === 0 ? 0 : hang);
  const flush = () => {
    lines.push((' '.repeat(lines.length === 0 ? 0 : hang) + line).trimEnd());
    line = '';
  };
  for (const word of text.split(' ')) {
    if (line !== '' && width(line) + 1 + width(word) > room()) flush();
    line = line === '' ? word : `${line} ${word}`;
    while (width(line) > room()) {
      const rest = [...line];
      line = rest.splice(0, room()).join('');
      flush();
      line = rest.join('');
    }
  }
  flush();
  return lines;
}

/** Names come from outside: a control character among them could repaint the terminal. */
export function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

export function width(text: string): number {
  return [...text].length;
}

function columnWidths(rows: readonly (readonly TextCell[])[]): number[] {
  const columns = Math.max(0, ...rows.map((cells) => cells.length));
  return Array.from({ length: columns }, (_, index) =>
    Math.max(...rows.map((cells) => width(cells[index]?.text ?? ''))),
  );
}
