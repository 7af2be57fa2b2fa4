// browser/times.ts: how long each way of reading took for each preset when the page was made.
// Called by choosing.ts whenever the choice changes.
import { medianOf } from '../model/bytes.ts';
import type { Lesson } from '../model/lesson.ts';
import { element, whole } from './elements.ts';

/** @param now the preset that is chosen, if it is one */
export function timesOf(lesson: Lesson, now: string | undefined): HTMLElement | string {
  const [first] = lesson.stored.timings;
  if (first === undefined) return '';
  const words =
    `Each preset on the machine that made this page, just before: the middle of ${first.ms.length} ` +
    'tries, from files in memory, with whatever else ran there. An impression: E12 measures, by ' +
    'npm run lab -- run rows-or-columns.';
  return element(
    'div',
    { class: 'times' },
    element('h3', {}, 'How long that took'),
    element('p', { class: 'caption' }, words),
    element('div', { class: 'scroll', tabindex: 0 }, timesTable(lesson, now)),
  );
}

function timesTable({ stored: { timings }, presets }: Lesson, now: string | undefined) {
  const kind = (name: string) => (name === now ? 'right now' : 'right');
  const heads = presets.map(({ name }) => element('th', { scope: 'col', class: kind(name) }, name));
  const ways = [...new Set(timings.map(({ how }) => how))];
  const rows = ways.map((way) => {
    const cells = presets.map(({ name }) => {
      const timing = timings.find(({ how, preset }) => how === way && preset === name);
      const words = timing === undefined ? '–' : shownMs(medianOf(timing));
      return element('td', { class: kind(name) }, words);
    });
    return element('tr', {}, element('th', { scope: 'row' }, way), ...cells);
  });
  const head = element('thead', {}, element('tr', {}, element('td', {}), ...heads));
  return element('table', { class: 'rows' }, head, element('tbody', {}, ...rows));
}

const shownMs = (ms: number) => `${ms < 10 ? ms.toFixed(1) : whole(Math.round(ms))} ms`;
