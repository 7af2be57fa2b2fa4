// screen/page.ts: what every part of the final text needs to know of the terminal.
// Used by lab-verdicts.ts, effect-lines.ts, figure-lines.ts and matrix-lines.ts.
import type { createColors } from 'picocolors';
import { plain, wrapped } from './text-table.ts';

export type Colors = ReturnType<typeof createColors>;

export interface Page {
  readonly colors: Colors;
  /** For words. */
  readonly columns: number;
  /** Of the terminal: a table may need them all. */
  readonly mostColumns: number;
}

/** Text of others, made harmless, wrapped and painted. */
export function paragraph(text: string, page: Page, paint: (line: string) => string): string[] {
  return wrapped(plain(text), page.columns, 2).map(paint);
}
