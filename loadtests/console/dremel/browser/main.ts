// browser/main.ts: the page's own script: which example is shown, and its two parts.
// Bundled into the page by dremel/page.ts.
import { schemaOf } from '@lab/shared/dremel/schema.ts';
import type { Lesson } from '../model/lesson.ts';
import { choosing } from './choosing.ts';
import { element } from './elements.ts';
import { stepping } from './stepping.ts';

const lessons = JSON.parse(document.querySelector('#lessons')?.textContent ?? '[]') as Lesson[];
const place = document.querySelector('#lesson') as HTMLElement;
const shown = element('div', {});
/** What arrow keys do, until another example is shown. */
let step: (by: number) => void = () => {};

place.append(chooser(), shown);
show(lessons[0] as Lesson);
document.addEventListener('keydown', onKey);

function show(lesson: Lesson): void {
  const schema = schemaOf(lesson.fields);
  const steps = stepping(lesson, schema);
  step = steps.step;
  shown.replaceChildren(
    element('p', { class: 'about' }, lesson.about),
    steps.section,
    choosing(lesson, schema),
  );
  steps.step(0);
}

/** Buttons, not radios: those would take the arrow keys away from the steps. */
function chooser(): HTMLElement {
  const buttons = lessons.map((lesson, at) => {
    const pressed = at === 0;
    const button = element('button', { type: 'button', 'aria-pressed': pressed }, lesson.title);
    button.addEventListener('click', () => {
      for (const one of buttons) one.setAttribute('aria-pressed', String(one === button));
      show(lesson);
    });
    return button;
  });
  return element('div', { class: 'options' }, ...buttons);
}

function onKey(event: KeyboardEvent): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  // Where arrows have a meaning already they keep it.
  const { target } = event;
  if (target instanceof HTMLInputElement && target.type !== 'checkbox') return;
  if (target instanceof Element && target.closest('pre, .scroll') !== null) return;
  step(by);
  event.preventDefault();
}
