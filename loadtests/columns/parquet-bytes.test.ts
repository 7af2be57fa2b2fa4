// columns/parquet-bytes.test.ts: columns and footer are all there is in the file, to the byte.
import { archivedOrder } from '@lab/shared/dremel/archived-order.ts';
import type { NestedRecord } from '@lab/shared/dremel/shred.ts';
import { archivedOrders } from '@lab/shared/fixtures/archived-orders.ts';
import { expect, test } from 'vitest';
import { bytesIn } from './parquet-bytes.ts';
import { parquetFile } from './parquet-file.ts';
import { levelsIn } from './parquet-levels.ts';
import { wholeNumbers } from './question.ts';

const options = { seed: 4, count: 1500, before: '2026-11-22T00:00:00.000Z' };
const orders = [...archivedOrders(options)].map((order): NestedRecord => ({ ...order }));
const file = parquetFile(archivedOrder, orders, wholeNumbers);
const { columns, alwaysBytes } = bytesIn(file);

test('the forty columns and what is always read make up the file', () => {
  expect(Object.keys(columns)).toEqual(archivedOrder.columns.map(({ path }) => path));
  const sum = Object.values(columns).reduce((all, bytes) => all + bytes, alwaysBytes);
  expect(sum).toBe(file.byteLength);
});

test('a column has the bytes of its pages in all row groups', () => {
  const pages = levelsIn(file).map(({ path, compressedBytes }) => [
    path.replaceAll('.list.element', ''),
    compressedBytes,
  ]);
  expect(columns).toEqual(Object.fromEntries(pages));
});

test('what is no Parquet file is refused', () => {
  expect(() => bytesIn(new TextEncoder().encode('an order, and an order').buffer)).toThrow();
});
