// model/steps.test.ts: each entry is told with the place that it comes from, and why its levels are so.
import { archivedOrder } from '@lab/shared/dremel/archived-order.ts';
import { documentFields, r1, r2, stripesOfThePaper } from '@lab/shared/dremel/paper.ts';
import { type Schema, schemaOf } from '@lab/shared/dremel/schema.ts';
import { archivedOrders } from '@lab/shared/fixtures/archived-orders.ts';
import { expect, test } from 'vitest';
import { linesOf, type NamedRecord } from './lines.ts';
import { stepsOf } from './steps.ts';

const document = schemaOf(documentFields);
const paper = [
  { name: 'r1', record: r1 },
  { name: 'r2', record: r2 },
];
const steps = stepsOf(document, paper);
const stepsIn = (path: string) => steps.filter(({ column }) => column.path === path);

test('the steps of the paper’s records are its 23 entries, column by column', () => {
  expect(steps).toHaveLength(23);
  for (const [path, entries] of Object.entries(stripesOfThePaper)) {
    const own = stepsIn(path);
    expect(own.map((step) => [step.value, step.repetition, step.definition])).toEqual(entries);
    expect(own.map(({ at }) => at)).toEqual(own.map((_, at) => at));
  }
});

test.each([
  [
    'DocId',
    0,
    'r = 0, as no field of the path repeats; d = 0, as nothing in the path may be missing.',
  ],
  [
    'Links.Forward',
    1,
    'r = 1, as Forward no. 2 begins, and Forward is the one repeated field; d = 2, as all 2 that may be missing are there: Links?, Forward*.',
  ],
  [
    'Name.Language.Country',
    1,
    'No value, only levels: r = 2, as Language no. 2 begins, and Language is the 2nd of 2 repeated fields; d = 2, as of the 3 that may be missing Name*, Language* are there, Country? is not.',
  ],
  [
    'Name.Language.Code',
    2,
    'No value, only levels: r = 1, as Name no. 2 begins, and Name is the 1st of 2 repeated fields; d = 1, as of the 2 that may be missing Name* is there, Language* is not.',
  ],
  [
    'Name.Url',
    3,
    'r = 0, as it is the first entry of its column in this record; d = 2, as all 2 that may be missing are there: Name*, Url?.',
  ],
])('%s, entry %i has its reason in one sentence', (path, at, why) => {
  expect(stepsIn(path)[at]?.why).toBe(why);
});

test('a group that is missing is the place of all its columns', () => {
  const places = stepsOf(document, [{ name: 'bare', record: { DocId: 1 } }]);
  expect(places.map(({ place }) => place)).toEqual([
    ...['0.DocId', '0.Links', '0.Links'],
    ...['0.Name', '0.Name', '0.Name'],
  ]);
  expect(places[1]?.why).toContain(
    'd = 0, as none of the 2 that may be missing is there: Links? is not',
  );
});

/** Every entry leads to a line, and the line says what the entry holds. */
function faults(schema: Schema, records: readonly NamedRecord[]): unknown[] {
  const lines = new Map(linesOf(schema, records).map((line) => [line.place, line]));
  return stepsOf(schema, records).filter(({ place, value }) => {
    const line = lines.get(place);
    return value === null ? line?.isMissing !== true : line?.value !== JSON.stringify(value);
  });
}

test('the place told from the levels is where the value stands, in the paper and in 200 orders', () => {
  const options = { seed: 5, count: 200, before: '2026-11-22T00:00:00.000Z' };
  const orders = [...archivedOrders(options)].map((order) => ({
    name: order.id,
    record: { ...order },
  }));
  expect(faults(document, paper)).toEqual([]);
  expect(faults(archivedOrder, orders)).toEqual([]);
});

test('lines of a record follow its schema, and name what is missing', () => {
  const lines = linesOf(document, [{ name: 'r2', record: r2 }]);
  expect(
    lines.map(({ label, value, isMissing }) => (isMissing ? `${label} –` : (value ?? label))),
  ).toEqual([
    ...['r2', '20', 'Links?', '10', '30', '80', 'Name* [0]', 'Language* –', '"http://C"'],
  ]);
});
