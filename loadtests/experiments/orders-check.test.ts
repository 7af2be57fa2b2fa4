// experiments/orders-check.test.ts: what is broken in the databases is named, and counted once a run.
// On a real database file with the monolith's own tables; nothing else runs.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Row } from '../load/results.ts';
import { databaseFile, storedInFiles } from '../targets/databases.ts';
import { repoRoot } from '../targets/lab-folders.ts';
import type { Stored } from '../targets/platform.ts';
import { componentOf, type Target, targetsAt } from '../targets/targets.ts';
import { orderMetrics } from './orders-check.ts';

let database: Sqlite.Database;
let target: Target;
let shop: Stored;
let file: string;

beforeEach(() => {
  target = { ...targetsAt().monolith, instance: `orders-check-${process.pid}` };
  shop = storedInFiles(target);
  file = databaseFile(target, componentOf(target, 'monolith')) ?? '';
  mkdirSync(dirname(file), { recursive: true });
  database = new Sqlite(file);
  database.exec(readFileSync(join(repoRoot, 'monolith/migrations/0001-shop.sql'), 'utf8'));
  database.exec(`INSERT INTO stock VALUES ('prd_teapot', 100, 100)`);
});
afterEach(() => {
  database.close();
  rmSync(dirname(file), { recursive: true, force: true });
});

/** Confirmed, charged and told; of one teapot, whose stock is not taken unless told. */
function store(id: string, { takesStock }: { takesStock: boolean }) {
  database.exec(`
    INSERT INTO orders VALUES ('${id}', 'cus', 'confirmed', 500, 'now', NULL, 'key-${id}', 'f');
    INSERT INTO order_lines VALUES ('${id}', 1, 'prd_teapot', 'Teapot', 'tea', 1, 500);
    INSERT INTO payments VALUES ('${id}', 500, 'charged', 'now');
    INSERT INTO notifications VALUES ('not_${id}', 'cus', '${id}', 'order.confirmed', 't', 'now');`);
  if (takesStock) database.exec('UPDATE stock SET available = available - 1');
}

const told = (orderId: string): Row => ({
  t: 0,
  lag: 0,
  ms: 5,
  op: 'placeOrder',
  feature: 'orders',
  outcome: 'ok',
  status: 201,
  orderId,
});

test('whole orders break nothing', async () => {
  store('ord_whole', { takesStock: true });
  expect(await orderMetrics(shop, [told('ord_whole')])).toEqual({
    metrics: { ordersBroken: 0, ordersAcknowledged: 1 },
    notes: [],
  });
});

test('an acknowledged order that is not stored is lost, and named', async () => {
  expect(await orderMetrics(shop, [told('ord_gone')])).toEqual({
    metrics: { ordersBroken: 1, ordersAcknowledged: 1 },
    notes: ['ord_gone: acknowledged, not stored'],
  });
});

test('what an earlier block of the run has counted is not counted again', async () => {
  store('ord_first', { takesStock: false });
  const first = await orderMetrics(shop, [told('ord_first')]);
  expect(first.metrics.ordersBroken).toBe(1);
  expect(first.notes).toEqual([
    'prd_teapot: 100 left + 1 sold is not 100 (not so: stock left + stock sold = stock at the start)',
  ]);
  store('ord_second', { takesStock: true });
  expect((await orderMetrics(shop, [told('ord_second')])).notes).toEqual([]);
  database.exec(`DELETE FROM payments WHERE order_id = 'ord_second'`);
  const third = await orderMetrics(shop, []);
  expect(third.notes).toEqual([expect.stringMatching(/^ord_second: charged 0 times/)]);
});

test('another run, with a target of its own, begins to count anew', async () => {
  store('ord_first', { takesStock: false });
  await orderMetrics(shop, []);
  expect((await orderMetrics({ ...shop, target: { ...target } }, [])).metrics.ordersBroken).toBe(1);
});
