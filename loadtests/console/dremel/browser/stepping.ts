// browser/stepping.ts: the record at the left, its columns at the right, an entry further at each step.
// Called by main.ts for the example that is shown.
import type { Node as Column, Schema } from '@lab/shared/dremel/schema.ts';
import type { Lesson } from '../model/lesson.ts';
import { type Line, linesOf } from '../model/lines.ts';
import { type Step, stepsOf } from '../model/steps.ts';
import { centre, element } from './elements.ts';

/** `step` moves by that many, and shows where it is. */
export function stepping(lesson: Lesson, schema: Schema) {
  const steps = stepsOf(schema, lesson.records);
  const record = recordPane(linesOf(schema, lesson.records));
  const stripes = stripesPane(schema.columns, steps);
  const controls = controlsFor(
    steps.length,
    (to) => show(to),
    () => show(otherLevels(steps, now)),
  );
  const why = element('p', { class: 'why', 'aria-live': 'polite' });
  let now = 0;

  function show(to: number): void {
    now = Math.min(steps.length - 1, Math.max(0, to));
    const { column, place, why: sentence } = steps[now] as Step;
    controls.show(now);
    record.show(place);
    stripes.show(now);
    const parts = sentence.split(/([rd] = \d+)/);
    const words = parts.map((part, at) => (at % 2 === 1 ? element('b', {}, part) : part));
    why.replaceChildren(element('b', {}, column.path), ' ', ...words);
  }

  const section = element(
    'section',
    { 'aria-labelledby': 'steps' },
    element('h2', { id: 'steps' }, 'From a record to columns'),
    element(
      'p',
      { class: 'caption' },
      'Each value goes to the end of its own column, with two levels. r: which repeated field (*) of its ' +
        'path begins anew. d: how many repeated and optional (?) fields of its path are there. The keys ' +
        '← and → step too.',
    ),
    controls.bar,
    why,
    element('div', { class: 'panes' }, record.pane, stripes.pane),
  );
  return { section, step: (by: number) => show(now + by) };
}

/** The next step with other levels than this one; the last where there is none. */
function otherLevels(steps: readonly Step[], now: number): number {
  const { repetition, definition } = steps[now] as Step;
  const isOther = (step: Step) => step.repetition !== repetition || step.definition !== definition;
  const found = steps.findIndex((step, at) => at > now && isOther(step));
  return found === -1 ? steps.length - 1 : found;
}

function controlsFor(count: number, goTo: (step: number) => void, skip: () => void) {
  const back = element('button', { type: 'button' }, '← Back');
  const next = element('button', { type: 'button' }, 'Next →');
  const title = 'On to the next entry with other levels';
  const onward = element('button', { type: 'button', title }, 'New levels');
  const range = element('input', { type: 'range', min: 0, max: count - 1, 'aria-label': 'Step' });
  const words = element('span', { class: 'count' });
  let now = 0;
  back.addEventListener('click', () => goTo(now - 1));
  next.addEventListener('click', () => goTo(now + 1));
  onward.addEventListener('click', skip);
  range.addEventListener('input', () => goTo(Number(range.value)));
  return {
    bar: element('div', { class: 'controls' }, back, next, onward, range, words),
    show(step: number): void {
      now = step;
      range.value = String(step);
      words.textContent = `Step ${step + 1} of ${count}`;
      // Not `disabled`: that would take the focus from who steps by keyboard.
      back.setAttribute('aria-disabled', String(step === 0));
      next.setAttribute('aria-disabled', String(step === count - 1));
    },
  };
}

function recordPane(lines: readonly Line[]) {
  const items = lines.map(({ depth, label, value, isMissing }) => {
    const kind = isMissing ? 'missing' : value === undefined ? 'group' : 'value';
    const words = isMissing ? ' missing' : value === undefined ? '' : ` ${value}`;
    const item = element('li', { class: kind }, element('span', {}, label), words);
    item.style.setProperty('--depth', String(depth));
    return item;
  });
  const list = element('ol', { class: 'lines' }, ...items);
  const pane = element('div', { class: 'pane', tabindex: 0, role: 'group' }, list);
  pane.setAttribute('aria-label', 'The nested record');
  return {
    pane,
    show(place: string): void {
      const at = lines.findIndex((line) => line.place === place);
      for (const [one, item] of items.entries()) item.classList.toggle('now', one === at);
      const item = items[at];
      if (item !== undefined) centre(pane, item);
    },
  };
}

function stripesPane(columns: readonly Column[], steps: readonly Step[]) {
  const rows = steps.map(entryRow);
  const cards = new Map(
    columns.map((column) => [
      column,
      stripeCard(
        column,
        rows.filter((_, at) => steps[at]?.column === column),
      ),
    ]),
  );
  const grid = element('div', { class: 'stripes' }, ...cards.values());
  const pane = element('div', { class: 'pane', tabindex: 0, role: 'group' }, grid);
  pane.setAttribute('aria-label', 'The columns');
  return {
    pane,
    show(now: number): void {
      for (const [at, row] of rows.entries()) {
        row.classList.toggle('later', at > now);
        row.classList.toggle('now', at === now);
      }
      const column = steps[now]?.column;
      for (const [one, card] of cards) card.classList.toggle('now', one === column);
      const row = rows[now];
      if (row !== undefined) centre(pane, row);
    },
  };
}

function stripeCard({ path }: Column, rows: readonly HTMLElement[]): HTMLElement {
  const heads = ['value', 'r', 'd'].map((word) => element('th', { scope: 'col' }, word));
  return element(
    'table',
    { class: 'stripe' },
    element('caption', {}, ...breakable(path)),
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...rows),
  );
}

/** A long path ends a line after a dot, and nowhere else while it can. */
function breakable(path: string): (HTMLElement | string)[] {
  return path.split(/(?<=\.)/).flatMap((part) => [part, element('wbr', {})]);
}

function entryRow({ value, repetition, definition }: Step): HTMLElement {
  const shown = value === null ? 'NULL' : String(value);
  return element(
    'tr',
    { class: 'later' },
    element('td', { class: value === null ? 'none' : undefined }, shown),
    element('td', {}, String(repetition)),
    element('td', {}, String(definition)),
  );
}
