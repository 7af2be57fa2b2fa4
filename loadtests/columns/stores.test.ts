// columns/stores.test.ts: every store gives the same answer, for any number of columns.
// Run by `npm test`.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archivedOrders } from '@lab/shared/fixtures/archived-orders.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addRecord, columnsInOrder, digestOf, firstColumns, noTotals } from './question.ts';
import { stores } from './stores.ts';

const orders = [...archivedOrders({ seed: 3, count: 300, before: '2026-11-29T00:00:00.000Z' })];
const folder = mkdtempSync(join(tmpdir(), 'lab-columns-'));
afterAll(() => rmSync(folder, { recursive: true }));

function expected(paths: readonly string[]) {
  const totals = noTotals(paths);
  for (const order of orders) addRecord(totals, order);
  return totals;
}

test('there are forty columns, each once', () => {
  expect(new Set(columnsInOrder).size).toBe(40);
});

describe.each(stores)('$name', (store) => {
  const own = join(folder, store.name);
  beforeAll(async () => {
    mkdirSync(own);
    await store.write(own, orders);
  });

  test.each([1, 3, 10, 40])(
    'answers a question of %i columns as the records themselves',
    async (k) => {
      const { totals, bytesRead } = await store.total(own, firstColumns(k));
      expect(Object.fromEntries(totals)).toEqual(Object.fromEntries(expected(firstColumns(k))));
      expect(digestOf(totals)).toBe(digestOf(expected(firstColumns(k))));
      expect(bytesRead).toBeGreaterThan(0);
    },
  );
});

test('who stores columns reads more for more of them, who stores rows does not', async () => {
  const bytes = async (name: string, k: number) => {
    const store = stores.find((one) => one.name === name);
    return (await store?.total(join(folder, name), firstColumns(k)))?.bytesRead ?? Number.NaN;
  };
  for (const rows of ['JSON rows', 'binary rows'])
    expect(await bytes(rows, 1)).toBe(await bytes(rows, 40));
  for (const columns of ['columns', 'columns, assembled', 'Parquet in DuckDB'])
    expect(await bytes(columns, 1)).toBeLessThan((await bytes(columns, 40)) / 5);
});
