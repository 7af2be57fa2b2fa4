// columns/column-stores.ts: shredded orders, a file a column: read as columns, or assembled into records.
// Listed in stores.ts. Only the files of the columns asked for are read.
import { join } from 'node:path';
import { archivedOrder } from '@lab/shared/dremel/archived-order.ts';
import { assemble } from '@lab/shared/dremel/assemble.ts';
import { type NestedRecord, type Stripe, shred } from '@lab/shared/dremel/shred.ts';
import type { ArchivedOrder } from '@lab/shared/fixtures/archived-orders.ts';
import { Packr } from 'msgpackr';
import { bytesOf, type Codec, deflated, framesOf, frameWriter, plain } from './frames.ts';
import { add, addRecord, columnOf, noTotals } from './question.ts';
import { type Store, segmentsOf } from './store.ts';

const packr = new Packr({ useRecords: false });
const fileOf = (folder: string, path: string) => join(folder, `${path}.stripe`);

async function write(folder: string, orders: Iterable<ArchivedOrder>, codec: Codec): Promise<void> {
  const paths = archivedOrder.columns.map(({ path }) => fileOf(folder, path));
  const files = paths.map((path) => frameWriter(path, codec));
  for (const segment of segmentsOf(orders))
    for (const [at, stripe] of shred(archivedOrder, segment as unknown as NestedRecord[]).entries())
      files[at]?.write(packed(stripe));
  for (const file of files) file.close();
}

/** Levels take a byte each; values that are missing take none: the levels tell. */
const packed = ({ values, repetitions, definitions }: Stripe) =>
  packr.pack([
    values.filter((value) => value !== null),
    Uint8Array.from(repetitions),
    Uint8Array.from(definitions),
  ]);

function unpacked(frame: Buffer, path: string): Stripe {
  const column = columnOf(path);
  const [values, repetitions, definitions] = packr.unpack(frame) as [
    unknown[],
    Uint8Array,
    Uint8Array,
  ];
  let at = 0;
  const all = Array.from(definitions, (level) =>
    level < column.definitionLevel ? null : values[at++],
  );
  return { column, values: all, repetitions: [...repetitions], definitions: [...definitions] };
}

const bytesFor = (folder: string, paths: readonly string[]) =>
  paths.reduce((sum, path) => sum + bytesOf(fileOf(folder, path)), 0);

const writePlain: Store['write'] = (folder, orders) => write(folder, orders, plain);

const byColumn = (name: string, writeAll: Store['write'], codec: Codec): Store => ({
  name,
  write: writeAll,
  async total(folder, paths) {
    const totals = noTotals(paths);
    for (const [path, total] of totals)
      for (const frame of framesOf(fileOf(folder, path), codec))
        for (const value of (packr.unpack(frame) as [unknown[]])[0]) add(total, value);
    return { totals, bytesRead: bytesFor(folder, paths) };
  },
});

export const columns = byColumn('columns', writePlain, plain);
export const deflatedColumns = byColumn(
  'columns, deflated',
  (folder, orders) => write(folder, orders, deflated),
  deflated,
);

export const assembled: Store = {
  name: 'columns, assembled',
  write: writePlain,
  async total(folder, paths) {
    const totals = noTotals(paths);
    const files = paths.map((path) => framesOf(fileOf(folder, path)));
    for (;;) {
      const frames = files.map((file) => file.next());
      if (frames.some(({ done }) => done)) break;
      const stripes = frames.map(({ value }, at) => unpacked(value as Buffer, paths[at] as string));
      for (const record of assemble(archivedOrder, stripes, paths)) addRecord(totals, record);
    }
    return { totals, bytesRead: bytesFor(folder, paths) };
  },
};
