// reports/clickhouse.test.ts: the books on ClickHouse, on a server and on two shards, equal those on DuckDB.
// Skips where Debian's clickhouse-server is not installed; says so.
import { readFileSync } from 'node:fs';
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import { seededRandom } from '@lab/shared/domain/random.ts';
import { pastOrders } from '@lab/shared/fixtures/past-orders.ts';
import { readMigrations } from '@lab/shared/runtime/migrations.ts';
import {
  type ClickhouseCluster,
  clickhouseMissing,
  startClickhouse,
} from '@lab/shared/test/clickhouse-server.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { booksOf } from './books.ts';
import { begin, type ClickhouseDatabase, enterEvents, seedSales } from './clickhouse.model.ts';
import { openClickhouse } from './clickhouse.ts';
import * as reports from './controller.ts';
import * as model from './model.ts';

const missing = clickhouseMissing();
if (missing !== undefined) process.stdout.write(`Skipped, reports on ClickHouse: ${missing}\n`);

const random = seededRandom(2018);
const past = [...pastOrders({ seed: 3, count: 1000, before: '2026-11-22T00:00:00.000Z' })];

/** Of every order its sale, of each tenth its cancellation, a tenth of all twice; in no order. */
function disorderly(): OrderEvent[] {
  const all = past.flatMap((order, number): OrderEvent[] => {
    const sold = { ...order, id: order.id.replace('ord_0', 'ord_9') };
    const about = { time: sold.placedAt, data: sold };
    const sale: OrderEvent = { id: `evt_A${number}`, type: 'order.confirmed', ...about };
    if (random() > 0.1) return [sale];
    const data = { ...sold, status: 'cancelled' } as const;
    return [sale, { ...about, id: `evt_B${number}`, type: 'order.cancelled', data }];
  });
  return [...all, ...all.filter(() => random() < 0.1)]
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
const events = disorderly();

describe.skipIf(missing !== undefined)('on ClickHouse', () => {
  let servers: ClickhouseCluster;
  beforeAll(async () => {
    servers = await startClickhouse(2);
  }, 60_000);
  afterAll(() => servers?.stop());

  async function open(shard: number, database: string): Promise<ClickhouseDatabase> {
    const migrations = await readMigrations(new URL('./migrations/clickhouse/', import.meta.url));
    const db = await openClickhouse(servers.url(shard, database), migrations);
    onTestFinished(() => db.close());
    return db;
  }

  async function expectAgreement(db: ClickhouseDatabase): Promise<void> {
    const columns = await emptyDatabase(import.meta.url, 'duckdb');
    for (const books of [columns, db]) {
      await model.seedSales(books, past);
      const { enter } = booksOf(books);
      const entered = await Promise.all(events.map(enter));
      expect(entered.filter(Boolean)).toHaveLength(new Set(events.map(({ id }) => id)).size);
    }
    const range = { from: '2026-09-10', to: '2026-10-20' };
    for (const by of ['day', 'category'] as const) {
      const whole = await reports.revenueReport(columns, { by });
      expect(whole.rows.length).toBeGreaterThan(5);
      const { read, ...told } = await reports.revenueReport(db, { by });
      expect(told).toEqual(whole);
      expect(read?.rows).toBeGreaterThan(past.flatMap(({ lines }) => lines).length);
      expect(read?.bytes).toBeGreaterThan(read?.rows ?? Infinity);
      const part = await reports.revenueReport(columns, { by, ...range });
      expect(await reports.revenueReport(db, { by, ...range })).toMatchObject(part);
    }
    const days = { by: 'day', from: '2106-01-01', to: '9999-12-31' } as const;
    expect(await reports.revenueReport(db, days)).toMatchObject({ rows: [], totalCents: 0 });
    const before = { by: 'day', from: '0000-01-01', to: '1969-12-31' } as const;
    expect(await reports.revenueReport(db, before)).toMatchObject({ rows: [], totalCents: 0 });
    const best = await reports.topProducts(columns, { limit: 100 });
    expect(best.items.length).toBeGreaterThan(5);
    expect(await reports.topProducts(db, { limit: 100 })).toMatchObject(best);
  }

  test('on one server every report is that of DuckDB, to the cent', async () => {
    await expectAgreement(await open(0, 'books'));
  });

  test('on two shards as well, each of which has a part of the orders', async () => {
    // As a start with PAST_ORDERS=0 does.
    for (const shard of [0, 1]) {
      const leaf = await open(shard, 'leaf');
      await begin(leaf, { count: 0, day: '2026-11-20' });
      await seedSales(leaf, []);
    }
    for (const statement of documented()) await servers.run(0, 'default', statement);
    await expectAgreement(await open(0, 'shop'));
    const parts = await Promise.all(
      [0, 1].map(async (shard) =>
        (await open(shard, 'leaf')).get('SELECT count() AS n FROM orders'),
      ),
    );
    for (const part of parts) expect((part as { n: number }).n).toBeGreaterThan(past.length / 2);
  });

  test('books without a sale report nothing, also of days that no Date can be', async () => {
    const db = await open(0, 'empty');
    const read = { rows: 0, bytes: 0 };
    const nothing = { rows: [], totalCents: 0, asOf: null, read };
    expect(await reports.revenueReport(db, { by: 'day' })).toEqual(nothing);
    const ever = { from: '0000-01-01', to: '9999-12-31' };
    expect(await reports.revenueReport(db, { by: 'category', ...ever })).toEqual(nothing);
    expect(await reports.topProducts(db, {})).toEqual({ items: [], asOf: null, read });
  });

  test('events whose entry was cut short are entered again, and count once', async () => {
    const db = await open(0, 'short');
    await enterEvents(db, events);
    const { read: once, ...before } = await reports.revenueReport(db, { by: 'day' });
    // As if the service had been killed before it noted which events it had entered.
    const forgetful = { ...db, all: async () => [] };
    expect((await enterEvents(forgetful, events)).filter(Boolean).length).toBeGreaterThan(1000);
    const { read: twice, ...after } = await reports.revenueReport(db, { by: 'day' });
    expect(after).toEqual(before);
    // Both are read, as long as the server has not merged them.
    expect(twice?.rows).toBeGreaterThanOrEqual(once?.rows ?? Infinity);
  });

  test('what books were begun with is noted once, and past orders by the ten thousand too', async () => {
    const db = await open(0, 'begun');
    const past = { count: 10_000, day: '2026-11-22' };
    expect(await begin(db, past)).toEqual(past);
    expect(await begin(db, { count: 7, day: '2026-11-23' })).toEqual(past);
    const many = () => pastOrders({ seed: 3, count: 10_000, before: '2026-11-22T00:00:00.000Z' });
    await seedSales(db, many());
    const rows = 'SELECT count() AS n FROM orders';
    await seedSales(db, many());
    expect(await db.get(rows)).toEqual({ n: 10_000 });
  }, 60_000);

  test('past orders are there once, also after a start that was cut short', async () => {
    const db = await open(0, 'seeds');
    const killed = { ...db, insert: cutShort(db) };
    await expect(seedSales(killed, past)).rejects.toThrow('killed');
    // On another day, which past orders are dated by.
    await seedSales(db, pastOrders({ seed: 3, count: 1000, before: '2026-11-23T00:00:00.000Z' }));
    await seedSales(db, past);
    const { totalCents } = await reports.revenueReport(db, { by: 'day' });
    expect(totalCents).toBe(past.reduce((sum, order) => sum + order.totalCents, 0));
  });
});

/** Inserts lines, and dies before anything else. */
function cutShort(db: ClickhouseDatabase): ClickhouseDatabase['insert'] {
  return async (table, rows) => {
    if (table !== 'order_lines') throw new Error('killed');
    await db.insert(table, rows);
  };
}

/** The statements of docs/clickhouse.md that make a database whose tables stand for those of all shards. */
function documented(): string[] {
  const text = readFileSync(new URL('../../docs/clickhouse.md', import.meta.url), 'utf8');
  const [, sql = ''] = /```sql\n(.*?)```/s.exec(text) ?? [];
  return sql.split(';').filter((statement) => statement.trim() !== '');
}
