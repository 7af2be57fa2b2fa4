// dremel/dremel.test.ts: the paper's own example to the entry, and that no record is ever changed.
// Random schemas by fast-check; lists in random records are never empty, as [] cannot be told from none.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble } from './assemble.ts';
import { automatonOf } from './automaton.ts';
import { documentFields, r1, r2, stripesOfThePaper } from './paper.ts';
import { type Field, schemaOf } from './schema.ts';
import { type NestedRecord, type Stripe, shred } from './shred.ts';

const document = schemaOf(documentFields);
const entriesOf = ({ values, repetitions, definitions }: Stripe) =>
  values.map((value, at) => [value, repetitions[at], definitions[at]]);
const columnsOf = (...paths: string[]) =>
  document.columns.filter(({ path }) => paths.includes(path));

describe('the example of the paper', () => {
  test('is shredded to its 23 entries, each with the levels that are printed there', () => {
    const stripes = shred(document, [r1, r2]);
    const entries = stripes.map((stripe) => [stripe.column.path, entriesOf(stripe)]);
    expect(Object.fromEntries(entries)).toEqual(stripesOfThePaper);
  });

  test('has the automaton of figure 4', () => {
    const whole = [[1], [2, 1], [3, 2], [4, 4, 4], [5, 5, 3], [6, 3]];
    expect(automatonOf(document.columns)).toEqual(whole);
  });

  test('has the automaton of figure 5 for two of its fields', () => {
    expect(automatonOf(columnsOf('DocId', 'Name.Language.Country'))).toEqual([[1], [2, 1, 1]]);
  });

  test('is assembled again from all columns, without a change', () => {
    expect([...assemble(document, shred(document, [r1, r2]))]).toEqual([r1, r2]);
  });

  test('is assembled from two columns as in figure 5: groups stay where values are missing', () => {
    const stripes = shred(document, [r1, r2]);
    expect([...assemble(document, stripes, ['Name.Language.Country', 'DocId'])]).toEqual([
      {
        DocId: 10,
        Name: [{ Language: [{ Country: 'us' }, {}] }, {}, { Language: [{ Country: 'gb' }] }],
      },
      { DocId: 20, Name: [{}] },
    ]);
  });
});

/** Fields with names that do not collide, three groups deep at most. */
function fields(depth: number): fc.Arbitrary<readonly Field[]> {
  const repetition = fc.constantFrom('required', 'optional', 'repeated') as fc.Arbitrary<
    Field['repetition']
  >;
  const field = fc.record({
    repetition,
    fields: depth === 0 ? fc.constant(undefined) : fc.option(fields(depth - 1), { nil: undefined }),
  });
  return fc.array(field, { minLength: 1, maxLength: 4 }).map((all) =>
    all.map(({ fields: inner, ...rest }, at) => ({
      ...rest,
      name: `f${at}`,
      ...(inner && { fields: inner }),
    })),
  );
}

/** Records of the fields; lists are never empty, since an empty one cannot be told from none. */
function recordsOf(all: readonly Field[]): fc.Arbitrary<NestedRecord> {
  const parts = all.map((field) => [field.name, oneOf(field)] as const);
  const requiredKeys = all.flatMap(({ name, repetition }) =>
    repetition === 'required' ? [name] : [],
  );
  return fc.record(Object.fromEntries(parts), { requiredKeys, noNullPrototype: true });
}

function oneOf({ fields: inner, repetition }: Field): fc.Arbitrary<unknown> {
  const one: fc.Arbitrary<unknown> =
    inner === undefined ? fc.integer({ min: 0, max: 9 }) : recordsOf(inner);
  return repetition === 'repeated' ? fc.array(one, { minLength: 1, maxLength: 3 }) : one;
}

const schemasAndRecords = fields(3).chain((all) =>
  fc.record({
    all: fc.constant(all),
    records: fc.array(recordsOf(all), { minLength: 1, maxLength: 4 }),
    chosen: fc.infiniteStream(fc.boolean()),
  }),
);

/** What is left of a record when only some columns are read. */
function project(value: unknown, all: readonly Field[], paths: readonly string[], above = '') {
  const left: Record<string, unknown> = {};
  for (const { name, fields: inner, repetition } of all) {
    const path = `${above}${name}`;
    const isRead = paths.some((one) => one === path || one.startsWith(`${path}.`));
    const own = (value as NestedRecord)[name];
    if (!isRead || own === undefined) continue;
    const part = (one: unknown) => (inner ? project(one, inner, paths, `${path}.`) : one);
    left[name] = repetition === 'repeated' ? (own as unknown[]).map(part) : part(own);
  }
  return left;
}

test('whatever the schema, records come back unchanged, and any choice of columns projects them', () => {
  const holds = fc.property(schemasAndRecords, ({ all, records, chosen }) => {
    const schema = schemaOf(all);
    const stripes = shred(schema, records);
    expect([...assemble(schema, stripes)]).toEqual(records);
    const paths = schema.columns.map(({ path }) => path).filter(() => chosen.next().value);
    if (paths.length === 0) return;
    const projected = records.map((record) => project(record, all, paths));
    expect([...assemble(schema, stripes, paths)]).toEqual(projected);
  });
  fc.assert(holds, { numRuns: 300 });
});

describe('what does not fit', () => {
  test.each([
    ['a required field that is missing', { Links: {} }, 'DocId is required, and is missing.'],
    ['a list that is none', { DocId: 1, Name: {} }, 'Name is repeated, and is no list.'],
    ['a group that is a value', { DocId: 1, Links: 7 }, 'Links is a group, and is 7.'],
  ])('%s is named', (_, record, words) => {
    expect(() => shred(document, [record])).toThrow(words);
  });

  test('a stripe that is cut short is named', () => {
    const stripes = shred(document, [r1, r2]);
    const last = stripes.at(-1) as Stripe;
    last.values.pop();
    expect(() => [...assemble(document, stripes)]).toThrow('Name.Url is cut short.');
  });

  test('a column that is not there is named', () => {
    const stripes = shred(document, [r1]);
    expect(() => [...assemble(document, stripes, ['Name.Price'])]).toThrow('"Name.Price"');
  });

  test.each([
    [[{ name: 'a.b', repetition: 'required' }], 'the record cannot have a field "a.b".'],
    [[{ name: 'a', repetition: 'optional', fields: [] }], 'a is a group without fields.'],
    [[...documentFields, ...documentFields], 'the record cannot have a field "DocId".'],
  ] as [Field[], string][])('a schema that is none is refused', (all, words) => {
    expect(() => schemaOf(all)).toThrow(words);
  });
});
