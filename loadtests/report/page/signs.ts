// report/page/signs.ts: a sign and its word, as a badge or in a line.
// Used by all parts of the page: colour only repeats what both say.
import type { Status, Verdict } from '../../lab/result.ts';
import { type Look, statusLooks } from '../looks.ts';
import { type Markup, markup } from '../markup.ts';

export function badge({ symbol, word, tone }: Look): Markup {
  return markup`<span class="badge ${tone}"><i aria-hidden="true">${symbol}</i> ${word}</span>`;
}

export function sign({ symbol, word, tone }: Look): Markup {
  return markup`<span class="sign ${tone}"><i aria-hidden="true">${symbol}</i> ${word}</span>`;
}

/** How many predictions held, were refuted … ; what did not occur is left out. */
export function tally(verdicts: readonly Verdict[]): Markup {
  const entries = (Object.keys(statusLooks) as Status[]).flatMap((status) => {
    const hits = verdicts.filter((verdict) => verdict.status === status).length;
    const look = statusLooks[status];
    return hits === 0 ? [] : [sign({ ...look, word: `${hits} ${look.word}` })];
  });
  return markup`${entries}`;
}

/** Names of targets in the order of the run; those it does not know follow by name. */
export function orderedNames(
  targets: readonly string[],
  records: readonly Readonly<Record<string, string>>[],
): string[] {
  const named = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const known = targets.filter((target) => named.includes(target));
  return [...known, ...named.filter((name) => !known.includes(name)).sort()];
}
