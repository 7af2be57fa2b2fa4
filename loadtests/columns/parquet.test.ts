// columns/parquet.test.ts: our levels are those in real Parquet files, entry by entry.
// The file's writer has a shredder of its own; the two were written apart.
import { archivedOrder } from '@lab/shared/dremel/archived-order.ts';
import { assemble } from '@lab/shared/dremel/assemble.ts';
import { documentFields, r1, r2 } from '@lab/shared/dremel/paper.ts';
import { type Schema, schemaOf } from '@lab/shared/dremel/schema.ts';
import { type NestedRecord, shred } from '@lab/shared/dremel/shred.ts';
import { archivedOrders } from '@lab/shared/fixtures/archived-orders.ts';
import { expect, test } from 'vitest';
import { parquetFile } from './parquet-file.ts';
import { levelsIn } from './parquet-levels.ts';

const options = { seed: 12, count: 2000, before: '2026-11-22T00:00:00.000Z' };
const orders = [...archivedOrders(options)].map((order): NestedRecord => ({ ...order }));
const cents = archivedOrder.columns.map(({ path }) => path).filter((path) => /ents$/.test(path));
const wholeNumbers = new Set([...cents, 'lines.quantity']);

/** Ours and the file's, by the path without Parquet's names for lists. */
function bothLevels(schema: Schema, records: readonly NestedRecord[], whole: ReadonlySet<string>) {
  const file = levelsIn(parquetFile(schema, records, whole));
  const inFile = file.map(({ path, repetitions, definitions }) => [
    path.replaceAll('.list.element', ''),
    { repetitions, definitions },
  ]);
  const ours = shred(schema, records).map(({ column, repetitions, definitions }) => [
    column.path,
    { repetitions, definitions },
  ]);
  return { ours: Object.fromEntries(ours), inFile: Object.fromEntries(inFile) };
}

test("the paper's own records have the paper's levels in a file", () => {
  const whole = new Set(['DocId', 'Links.Backward', 'Links.Forward']);
  const { ours, inFile } = bothLevels(schemaOf(documentFields), [r1, r2], whole);
  expect(inFile).toEqual(ours);
  expect(inFile['Name.Language.Country']).toEqual({
    repetitions: [0, 2, 1, 1, 0],
    definitions: [3, 2, 1, 3, 1],
  });
});

test('all forty columns of 2,000 orders have the levels that are in the file', () => {
  const { ours, inFile } = bothLevels(archivedOrder, orders, wholeNumbers);
  expect(Object.keys(ours)).toHaveLength(40);
  const entries = Object.values<{ repetitions: number[] }>(ours);
  const counted = entries.reduce((sum, { repetitions }) => sum + repetitions.length, 0);
  process.stdout.write(`${counted} entries of 40 columns compared with the file's pages\n`);
  expect(inFile).toEqual(ours);
});

test('archived orders are the same at each start, and come back from their columns unchanged', () => {
  expect([...archivedOrders(options)]).toEqual(orders);
  expect([...assemble(archivedOrder, shred(archivedOrder, orders))]).toEqual(orders);
});
