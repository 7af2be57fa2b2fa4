// model/machine.test.ts: the drawing shows every transition of the automaton, and no line lies on another.
import { archivedOrder } from '@lab/shared/dremel/archived-order.ts';
import { automatonOf } from '@lab/shared/dremel/automaton.ts';
import { documentFields } from '@lab/shared/dremel/paper.ts';
import { type Node, schemaOf } from '@lab/shared/dremel/schema.ts';
import { describe, expect, test } from 'vitest';
import { type Drawing, drawingOf } from './machine.ts';

const document = schemaOf(documentFields);
const these = (columns: readonly Node[], ...paths: string[]) =>
  columns.filter(({ path }) => paths.includes(path));
const choices: [string, readonly Node[]][] = [
  ['the paper’s schema', document.columns],
  ['two fields of it', these(document.columns, 'DocId', 'Name.Language.Country')],
  ['one required field', these(document.columns, 'DocId')],
  ['the forty of an order', archivedOrder.columns],
  ['a list within a list', these(archivedOrder.columns, 'lines.discounts.cents')],
  ['a list and the list in it', these(archivedOrder.columns, 'lines.name', 'lines.discounts.code')],
];

/** Where the upright of a way back stands, and from where to where. */
const uprights = ({ ways }: Drawing) =>
  ways.flatMap(({ from, to, line }) => {
    const [, x, , bottom, top] = /Q([\d.]+),[\d.]+ ([\d.]+),([\d.]+)V([\d.]+)/.exec(line) ?? [];
    return to > from ? [] : [{ x: Number(x), top: Number(top), bottom: Number(bottom) }];
  });

describe.each(choices)('%s', (_, columns) => {
  const drawing = drawingOf(columns);

  test('has every transition once', () => {
    const shown = drawing.ways.flatMap(({ from, to, levels }) =>
      levels.map((level) => [from, level, to]),
    );
    const wanted = automatonOf(columns).flatMap((targets, from) =>
      targets.map((to, level) => [from, level, to]),
    );
    expect(shown.sort()).toEqual(wanted.sort());
  });

  test('has a state for each column in turn, and an end', () => {
    expect(drawing.states.map(({ path }) => path)).toEqual([
      ...columns.map(({ path }) => path),
      undefined,
    ]);
    const ys = drawing.states.map(({ y }) => y);
    expect(ys).toEqual([...ys].sort((one, other) => one - other));
  });

  test('goes forward to the next state only, and fits a telephone', () => {
    for (const { from, to } of drawing.ways) expect(to).toBeLessThanOrEqual(from + 1);
    expect(drawing.width).toBeLessThanOrEqual(330);
    for (const { label } of drawing.ways) {
      expect(label.x).toBeLessThan(drawing.width - 9);
      expect(label.y).toBeLessThan(drawing.height);
    }
  });

  test('has no two uprights on one another', () => {
    const all = uprights(drawing);
    expect(all).toHaveLength(drawing.ways.filter(({ from, to }) => to <= from).length);
    for (const { top, bottom } of all) expect(top).toBeLessThan(bottom);
    const clashes = all.filter((one, at) =>
      all
        .slice(at + 1)
        .some((other) => one.x === other.x && one.top < other.bottom && other.top < one.bottom),
    );
    expect(clashes).toEqual([]);
  });
});

test('levels that lead to the same state share a way', () => {
  const { ways } = drawingOf(document.columns);
  const words = ways.map(({ from, to, levels }) => `${from} ${levels.join()} ${to}`);
  expect(words).toEqual([
    ...[
      '0 0 1',
      '1 0 2',
      '1 1 1',
      '2 0 3',
      '2 1 2',
      '3 0,1,2 4',
      '4 0,1 5',
      '4 2 3',
      '5 0 6',
      '5 1 3',
    ],
  ]);
});
