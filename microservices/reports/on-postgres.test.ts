// reports/on-postgres.test.ts: both events of an order at the same time, where transactions run side by side.
// Skips without PostgreSQL; SQLite and DuckDB have one writer.
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { Order } from '@lab/shared/contract/orders.ts';
import { pastOrders } from '@lab/shared/fixtures/past-orders.ts';
import { type Database, openDatabase } from '@lab/shared/runtime/database.ts';
import { readMigrations } from '@lab/shared/runtime/migrations.ts';
import {
  type PostgresServer,
  postgresMissing,
  startPostgres,
} from '@lab/shared/test/postgres-server.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enterEvent } from './model.ts';

const missing = postgresMissing();
if (missing !== undefined) process.stdout.write(`Skipped, reports on PostgreSQL: ${missing}\n`);

const orders = [...pastOrders({ seed: 3, count: 200, before: '2026-11-22T00:00:00.000Z' })];
const eventOf = (type: OrderEvent['type'], data: Order): OrderEvent => ({
  id: `evt_${type === 'order.confirmed' ? 'A' : 'B'}${data.id.slice(4)}`,
  ...{ type, time: data.placedAt, data },
});

describe.skipIf(missing !== undefined)('events that come side by side', () => {
  let server: PostgresServer;
  let db: Database;
  beforeAll(async () => {
    server = await startPostgres();
    const migrations = await readMigrations(new URL('./migrations/', import.meta.url));
    db = await openDatabase({ url: await server.createDatabase(), migrations, poolSize: 8 });
  });
  afterAll(async () => {
    await db?.close();
    await server?.stop();
  });

  test('of an order that was sold and cancelled nothing stays in the books', async () => {
    const both = (order: Order) =>
      (['order.confirmed', 'order.cancelled'] as const).map((type) => eventOf(type, order));
    // Each pair in both orders of arrival, and every event a second time.
    const events = orders.flatMap((order, at) => (at % 2 ? both(order) : both(order).reverse()));
    const entered = await Promise.all([...events, ...events].map((event) => enterEvent(db, event)));
    expect(entered.filter((isNew) => isNew)).toHaveLength(events.length);
    expect(await db.all('SELECT order_id FROM sales')).toEqual([]);
  });
});
