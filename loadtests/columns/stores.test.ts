// columns/stores.test.ts: every store gives the same answer, for any number of columns.
// Run by `npm test`.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archivedOrders } from '@lab/shared/fixtures/archived-orders.ts';
import { postgresMissing, startPostgres } from '@lab/shared/test/postgres-server.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addRecord, columnsInOrder, digestOf, firstColumns, noTotals } from './question.ts';
import { desksWith, storesWith } from './stores.ts';
import { rowsOf } from './tables.ts';

const server = postgresMissing() === undefined ? await startPostgres() : undefined;
const stores = storesWith(await server?.createDatabase());
const desks = desksWith(await server?.createDatabase());
const orders = [...archivedOrders({ seed: 3, count: 300, before: '2026-11-29T00:00:00.000Z' })];
const folder = mkdtempSync(join(tmpdir(), 'lab-columns-'));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server?.stop();
});

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
  for (const columns of ['columns', 'columns, deflated', 'columns, assembled', 'Parquet in DuckDB'])
    expect(await bytes(columns, 1)).toBeLessThan((await bytes(columns, 40)) / 5);
});

describe.each(desks)('$name, an order at a time', (desk) => {
  const own = join(folder, `${desk.name}, single`);
  const rowsIn = (order: (typeof orders)[number]) =>
    [...rowsOf(order, 0).values()].reduce((sum, rows) => sum + rows.length, 0);

  test('finds all rows of the order asked for, and of one that was inserted', async () => {
    mkdirSync(own);
    await desk.write(own, orders);
    const open = await desk.open(own);
    const [last, first] = [orders.length - 1, orders[0] as (typeof orders)[number]];
    expect(await open.lookUp(last)).toBe(rowsIn(orders[last] as (typeof orders)[number]));
    expect(await open.lookUp(orders.length)).toBe(0);
    await open.insert(first, orders.length);
    expect(await open.lookUp(orders.length)).toBe(rowsIn(first));
    await open.close();
    const again = await desk.open(own);
    expect(await again.lookUp(orders.length), 'after it was opened again').toBe(rowsIn(first));
    await again.close();
  });
});
