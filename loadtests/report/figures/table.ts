// report/figures/table.ts: a table of text, numbers to the right, that scrolls where it is too wide.
// Used by draw-figure.ts and by every part of the page that has rows of words.
import { type Markup, markup, type Part } from '../markup.ts';

export interface TableParts {
  /** For those who cannot see which heading it stands under. */
  readonly label: string;
  readonly head: readonly string[];
  /** The first cell of a row is its name. */
  readonly rows: readonly (readonly Part[])[];
  /** Extra classes. */
  readonly kind?: string;
}

/** Columns whose every cell starts with a digit or a sign stand to the right. */
export function tableOf({ label, head, rows, kind = '' }: TableParts): Markup {
  const right = head.map((_, at) => at > 0 && rows.every((row) => isNumeric(row[at] ?? '')));
  const side = (at: number) => (right[at] ? 'right' : 'left');
  const heads = head.map((word, at) => markup`<th scope="col" class="${side(at)}">${word}</th>`);
  const body = rows.map((row) => {
    const cells = row.map((cell, at) =>
      at === 0
        ? markup`<th scope="row">${cell}</th>`
        : markup`<td class="${side(at)}">${cell}</td>`,
    );
    return markup`<tr>${cells}</tr>
`;
  });
  // The keyboard must be able to reach what scrolls.
  return markup`<section class="scroll" tabindex="0" aria-label="${label}"><table class="rows ${kind}">
    <thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></section>`;
}

function isNumeric(cell: Part): boolean {
  if (typeof cell === 'number') return true;
  return typeof cell === 'string' && /^(?:[−+<>≥≤×~-]?\s?[\d.]|–$|$)/u.test(cell);
}
