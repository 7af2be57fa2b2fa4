// columns/row-stores.ts: an order after the other in one file: as JSON, and as binary records.
// Listed in stores.ts. Whatever is asked, the whole file is read.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ArchivedOrder } from '@lab/shared/fixtures/archived-orders.ts';
import { Packr } from 'msgpackr';
import { bytesOf, type Codec, deflated, framesOf, frameWriter, plain } from './frames.ts';
import { addRecord, noTotals } from './question.ts';
import { type Store, segmentsOf } from './store.ts';

export const jsonRows: Store = {
  name: 'JSON rows',
  async write(folder, orders) {
    const file = await open(join(folder, 'orders.ndjson'), 'w');
    try {
      for (const segment of segmentsOf(orders))
        await file.write(segment.map((order) => `${JSON.stringify(order)}\n`).join(''));
    } finally {
      await file.close();
    }
  },
  async total(folder, paths) {
    const path = join(folder, 'orders.ndjson');
    const totals = noTotals(paths);
    for await (const line of createInterface({ input: createReadStream(path) }))
      addRecord(totals, JSON.parse(line));
    return { totals, bytesRead: bytesOf(path) };
  },
};

/** MessagePack. A segment is a frame, so that a library that is quick at lists can be. */
const binary = (name: string, codec: Codec): Store => ({
  name,
  async write(folder, orders) {
    const packr = new Packr({ useRecords: false });
    const file = frameWriter(join(folder, 'orders.msgpack'), codec);
    for (const segment of segmentsOf(orders)) file.write(packr.pack(segment));
    file.close();
  },
  async total(folder, paths) {
    const path = join(folder, 'orders.msgpack');
    const packr = new Packr({ useRecords: false });
    const totals = noTotals(paths);
    for (const frame of framesOf(path, codec))
      for (const order of packr.unpack(frame) as ArchivedOrder[]) addRecord(totals, order);
    return { totals, bytesRead: bytesOf(path) };
  },
});

export const binaryRows = binary('binary rows', plain);
export const deflatedRows = binary('binary rows, deflated', deflated);
