// browser/machine-picture.ts: the automaton of the chosen columns as a picture, and in words for who listens.
// Called by choosing.ts whenever the choice changes.
import type { Node as Column } from '@lab/shared/dremel/schema.ts';
import { type Drawing, drawingOf, STATE_HEIGHT, type State, type Way } from '../model/machine.ts';
import { drawn } from './elements.ts';

export function machinePicture(columns: readonly Column[]): SVGElement {
  const drawing = drawingOf(columns);
  const { width, height, states, ways } = drawing;
  return drawn(
    'svg',
    { class: 'machine', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' },
    drawn('title', {}, inWords(drawing)),
    drawn('defs', {}, arrowHead()),
    drawn('path', { class: 'way', d: 'M64,2V17', 'marker-end': 'url(#arrow)' }),
    ...ways.map(wayPicture),
    ...states.map(statePicture),
  );
}

function arrowHead(): SVGElement {
  const size = { refX: 7, refY: 4, markerWidth: 8, markerHeight: 8 };
  const units = { markerUnits: 'userSpaceOnUse', orient: 'auto', viewBox: '0 0 8 8' };
  return drawn('marker', { id: 'arrow', ...size, ...units }, drawn('path', { d: 'M0,0L8,4L0,8z' }));
}

function wayPicture({ line, label, levels, from, to }: Way): SVGElement {
  const back = to <= from;
  return drawn(
    'g',
    { class: back ? 'back' : 'on' },
    drawn('path', { class: 'way', d: line, 'marker-end': 'url(#arrow)' }),
    drawn('text', { x: label.x, y: label.y + 5 }, levels.join(', ')),
  );
}

function statePicture({ path, y, width }: State): SVGElement {
  const box = { x: 4, y: y - STATE_HEIGHT / 2, width, height: STATE_HEIGHT, rx: 6 };
  return drawn(
    'g',
    { class: path === undefined ? 'state end' : 'state' },
    drawn('rect', box),
    drawn('text', { x: 4 + width / 2, y: y + 5, 'text-anchor': 'middle' }, path ?? 'end'),
  );
}

function inWords({ states, ways }: Drawing): string {
  const name = (state: number) => states[state]?.path ?? 'the end';
  const sentences = ways.map(
    ({ from, to, levels }) => `${name(from)}, ${levels.join(' or ')}: ${name(to)}`,
  );
  return `A machine of ${states.length - 1} states and its end. ${sentences.join('. ')}.`;
}
