// report/figures/series.ts: which colour, mark and dash a series has in all panels, and the legend of them.
// Used by lines.ts: a prediction has the colour of the measurement that bears its name.
import type { LinesFigure, Series } from '../../lab/figure.ts';
import { markPaths } from '../looks.ts';
import { type Markup, markup } from '../markup.ts';

export interface SeriesLook {
  readonly name: string;
  readonly role: Series['role'];
  /** Class of its colour. */
  readonly tone: string;
  /** Index of its mark. */
  readonly mark: number;
}

/** One a name and role, in order of appearance. */
export function seriesLooks({ panels }: LinesFigure): SeriesLook[] {
  const all = panels.flatMap(({ series }) => series);
  const names = unique(all.filter(({ role }) => role === 'measured').map(({ name }) => name));
  const keys = unique(all.map(({ role, name }) => JSON.stringify([role, name])));
  return keys.map((key) => {
    const [role, name] = JSON.parse(key) as [Series['role'], string];
    const mark = names.indexOf(name) % markPaths.length;
    // A formula that belongs to no series in particular is drawn in ink.
    return { name, role, mark: Math.max(0, mark), tone: mark < 0 ? 'ink' : `s${mark}` };
  });
}

export function legendOf(looks: readonly SeriesLook[]): Markup {
  const shared = new Set(looks.filter(({ role }) => role === 'measured').map(({ name }) => name));
  const entries = looks.map(({ name, role, tone, mark }) => {
    const sample = role === 'measured' ? markup`<use href="#m${mark}" x="50%" y="50%"/>` : null;
    const same = role === 'predicted' && shared.has(name);
    return markup`<li><svg class="sample ${tone}" aria-hidden="true">
      <line class="line ${role}" x1="0" x2="100%" y1="50%" y2="50%"/>${sample}</svg>
      ${name}${same || role === 'predicted' ? ' (predicted)' : null}</li>`;
  });
  return markup`<ul class="legend">${entries}</ul>`;
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}
