// browser/choosing.ts: pick fields, and see what is read, by which machine, and what comes out.
// Called by main.ts for the example that is shown.
import { assemble } from '@lab/shared/dremel/assemble.ts';
import type { Node as Column, Schema } from '@lab/shared/dremel/schema.ts';
import { shred } from '@lab/shared/dremel/shred.ts';
import { bytesRead, isByRow, presetOf } from '../model/bytes.ts';
import type { Lesson } from '../model/lesson.ts';
import { signedName } from '../model/lines.ts';
import { element, whole } from './elements.ts';
import { machinePicture } from './machine-picture.ts';
import { readingOf } from './reading.ts';
import { timesOf } from './times.ts';

export function choosing(lesson: Lesson, schema: Schema): HTMLElement {
  const boxes = boxesOf(lesson, schema, () => show());
  const presets = presetButtons(lesson, (paths) => {
    for (const [path, box] of boxes.byPath) box.checked = paths.includes(path);
    show();
  });
  const result = element('div', { class: 'result' });
  // Stays while all else is drawn anew: only then is a change read out.
  const spoken = element('p', { class: 'unseen', role: 'status' });

  function show(): void {
    const paths = [...boxes.byPath].flatMap(([path, { checked }]) => (checked ? [path] : []));
    const preset = presetOf(lesson, paths)?.name;
    for (const [name, button] of presets)
      button.setAttribute('aria-pressed', String(name === preset));
    const sizes = lesson.stored.files.map(
      (file) => `${file.name} ${whole(bytesRead(file, paths))}`,
    );
    spoken.textContent = `Bytes read: ${sizes.join(', ')}.`;
    result.replaceChildren(
      readingOf(lesson, paths),
      timesOf(lesson, preset),
      ...assembly(lesson, schema, paths),
    );
  }

  const first = lesson.presets[1]?.paths ?? [];
  for (const [path, box] of boxes.byPath) box.checked = first.includes(path);
  show();
  return element(
    'section',
    { 'aria-labelledby': 'choice' },
    element('h2', { id: 'choice' }, 'What a question reads'),
    element('p', { class: 'caption' }, `Choose the fields that a report wants. ${boxes.sizes}`),
    element('div', { class: 'presets' }, ...presets.values()),
    boxes.list,
    spoken,
    result,
  );
}

function presetButtons({ presets }: Lesson, choose: (paths: readonly string[]) => void) {
  return new Map(
    presets.map(({ name, paths }) => {
      const button = element('button', { type: 'button' }, name);
      button.addEventListener('click', () => choose(paths));
      return [name, button];
    }),
  );
}

function boxesOf({ stored }: Lesson, { columns }: Schema, changed: () => void) {
  const file = stored.files.findLast((one) => !isByRow(one));
  const byPath = new Map<string, HTMLInputElement>();
  const groups = new Map<string, HTMLElement[]>();
  for (const column of columns) {
    const box = element('input', { type: 'checkbox', value: column.path });
    box.addEventListener('change', changed);
    byPath.set(column.path, box);
    const [group, name] = namesOf(column);
    const size = element('small', {}, whole(file?.columns[column.path] ?? 0));
    const label = element('label', {}, box, element('span', {}, name), size);
    groups.set(group, [...(groups.get(group) ?? []), label]);
  }
  const fieldsets = [...groups].map(([group, labels]) =>
    element('fieldset', {}, element('legend', {}, group), ...labels),
  );
  const sizes = `Behind each stands how many bytes its column has in the ${file?.name} file.`;
  return { byPath, sizes, list: element('div', { class: 'fields' }, ...fieldsets) };
}

/** The outermost group, and the rest of the path: `lines*` and `discounts*.code`. */
function namesOf(column: Column): [group: string, name: string] {
  const names: string[] = [];
  for (let node: Column | undefined = column; node?.parent; node = node.parent)
    names.unshift(signedName(node));
  return names.length === 1
    ? ['the record', names[0] as string]
    : [names[0] as string, names.slice(1).join('.')];
}

function assembly(lesson: Lesson, schema: Schema, paths: readonly string[]): HTMLElement[] {
  if (paths.length === 0) return [];
  const chosen = schema.columns.filter(({ path }) => paths.includes(path));
  const records = lesson.records.map(({ record }) => record);
  const assembled = [...assemble(schema, shred(schema, records), paths)];
  const text = assembled.map((one) => JSON.stringify(one, null, 2)).join('\n');
  return [
    element('h3', {}, 'How the record is put together again'),
    element(
      'p',
      { class: 'caption' },
      'A machine with a state for each chosen column. In a state it takes one entry, then looks at the r ' +
        'of the next entry in that column: the way with this number leads to the column it reads next.',
    ),
    element(
      'div',
      { class: 'panes' },
      element(
        'div',
        { class: 'pane', tabindex: 0, role: 'group', 'aria-label': 'The machine' },
        machinePicture(chosen),
      ),
      element('pre', { class: 'pane', tabindex: 0, 'aria-label': 'The record assembled' }, text),
    ),
  ];
}
