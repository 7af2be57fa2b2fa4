// reports/books.model.test.ts: events on columns: again, in any order, many at once, and a bad one.
// Run by vitest; controller.test.ts has rows, and monolith/reports/books-agree.test.ts compares both.
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { Order } from '@lab/shared/contract/orders.ts';
import { draftOrder } from '@lab/shared/domain/order.ts';
import { alice } from '@lab/shared/fixtures/customers.ts';
import { productById, products, theLastTeapot } from '@lab/shared/fixtures/products.ts';
import { type ColumnDatabase, keepsColumns } from '@lab/shared/runtime/column-database.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { beforeEach, expect, test } from 'vitest';
import { enterEvents, seedSales } from './books.model.ts';
import { booksOf } from './books.ts';
import * as reports from './controller.ts';

const [aBook, another] = [productById('prd_0001'), productById('prd_0002')];
const saturday = '2026-11-21T23:59:59.999Z';
const sunday = '2026-11-22T00:00:00.000Z';

let db: ColumnDatabase;
beforeEach(async () => {
  const opened = await emptyDatabase(import.meta.url, 'duckdb');
  if (!keepsColumns(opened)) throw new Error('no columns');
  db = opened;
});

function sold(id: string, placedAt: string, quantities: Record<string, number>): Order {
  const lines = Object.entries(quantities).map(([productId, quantity]) => ({
    productId,
    quantity,
  }));
  const input = { customerId: alice.id, lines, cardToken: 'tok_visa' };
  return { ...draftOrder({ id, input, products, placedAt }), status: 'confirmed' };
}

const event = (id: string, type: 'confirmed' | 'cancelled', data: Order): OrderEvent => ({
  id: `evt_${id}`,
  type: `order.${type}`,
  time: data.placedAt,
  data,
});

const first = sold('ord_1', saturday, { [aBook.id]: 2, [another.id]: 1, [theLastTeapot.id]: 1 });
const second = sold('ord_2', sunday, { [aBook.id]: 1 });
const [confirmed, alsoConfirmed] = [
  event('A1', 'confirmed', first),
  event('A2', 'confirmed', second),
];
const cancelled = event('B1', 'cancelled', first);

const days = async () =>
  (await reports.revenueReport(db, { by: 'day' })).rows.map(({ key, orders, revenueCents }) => [
    key,
    orders,
    revenueCents,
  ]);
const both = [
  ['2026-11-21', 1, first.totalCents],
  ['2026-11-22', 1, second.totalCents],
];
const onlySecond = both.slice(1);
const rowsOf = async (table: string) =>
  (await db.get<{ count: number }>(`SELECT count(*) AS count FROM ${table}`))?.count;

test('books without a sale report nothing', async () => {
  for (const by of ['day', 'category'] as const)
    expect(await reports.revenueReport(db, { by })).toEqual({
      rows: [],
      totalCents: 0,
      asOf: null,
    });
  expect(await reports.topProducts(db, {})).toEqual({ items: [], asOf: null });
});

test('an order with two lines of a category counts once in it, and once in its day', async () => {
  expect(await enterEvents(db, [confirmed, alsoConfirmed])).toEqual([true, true]);
  expect(await days()).toEqual(both);
  const { rows, asOf } = await reports.revenueReport(db, { by: 'category' });
  expect(aBook.category).toBe(another.category);
  expect(rows.map(({ key, orders, quantity }) => [key, orders, quantity])).toEqual([
    [aBook.category, 2, 4],
    [theLastTeapot.category, 1, 1],
  ]);
  expect(asOf).toBe(sunday);
});

test('the first and the last day asked for are both included, and days without a sale are empty', async () => {
  await enterEvents(db, [confirmed, alsoConfirmed]);
  const keys = async (from: string, to: string) =>
    (await reports.revenueReport(db, { by: 'day', from, to })).rows.map(({ key }) => key);
  expect(await keys('2026-11-21', '2026-11-22')).toHaveLength(2);
  expect(await keys('2026-11-22', '2026-11-22')).toEqual(['2026-11-22']);
  expect(await keys('0000-01-01', '2026-11-21')).toEqual(['2026-11-21']);
  expect(await keys('2026-11-23', '9999-12-31')).toEqual([]);
});

test('an event that comes again is entered once, in one batch or in two', async () => {
  expect(await enterEvents(db, [confirmed, confirmed])).toEqual([true, false]);
  expect(await enterEvents(db, [alsoConfirmed, confirmed])).toEqual([true, false]);
  expect(await days()).toEqual(both);
  expect(await rowsOf('seen_events')).toBe(2);
});

test.each([
  ['after its order', [[confirmed, alsoConfirmed], [cancelled]]],
  ['in the batch of its order', [[confirmed, cancelled, alsoConfirmed]]],
  ['before its order in one batch', [[cancelled, confirmed, alsoConfirmed]]],
  ['before its order', [[cancelled], [alsoConfirmed], [confirmed]]],
  ['between two copies of it', [[confirmed], [cancelled, alsoConfirmed], [confirmed]]],
  ['twice', [[cancelled], [confirmed, alsoConfirmed], [{ ...cancelled, id: 'evt_B2' }]]],
])('a cancellation that comes %s leaves nothing of it', async (_name, batches) => {
  for (const batch of batches) await enterEvents(db, batch);
  expect(await days()).toEqual(onlySecond);
  expect((await reports.revenueReport(db, { by: 'day' })).asOf).toBe(sunday);
  expect(await rowsOf('orders')).toBe(1);
  expect(await rowsOf('order_lines')).toBe(1);
});

test('events that arrive together are few transactions, and one that cannot be entered fails alone', async () => {
  const books = booksOf(db);
  const again = { ...confirmed, id: 'evt_X' };
  const results = await Promise.allSettled([confirmed, again, alsoConfirmed].map(books.enter));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(results[1]).toMatchObject({ reason: { name: 'DuplicateKey' } });
  expect(await days()).toEqual(both);
  // It is not remembered as seen.
  await expect(books.enter(again)).rejects.toMatchObject({ name: 'DuplicateKey' });
});

test('the view sales has the rows that the table has on other engines', async () => {
  await enterEvents(db, [alsoConfirmed]);
  expect(await db.all('SELECT * FROM sales')).toEqual([
    {
      order_id: 'ord_2',
      line: 0,
      placed_at: sunday,
      product_id: aBook.id,
      name: aBook.name,
      category: aBook.category,
      quantity: 1,
      unit_price_cents: aBook.priceCents,
    },
  ]);
});

test('a past of thousands is entered once, before the first event', async () => {
  const past = Array.from({ length: 2500 }, (_, at) => ({ ...second, id: `ord_0${at}` }));
  await seedSales(db, past);
  await seedSales(db, past);
  await enterEvents(db, [confirmed]);
  expect(await days()).toEqual([both[0], ['2026-11-22', 2500, 2500 * second.totalCents]]);
  const numbers = 'SELECT min(number) AS first, max(number) AS last FROM orders';
  expect(await db.get(numbers)).toEqual({ first: -2500, last: 1 });
});

test('an event that comes again with another time is known all the same', async () => {
  await enterEvents(db, [confirmed]);
  const later = { ...confirmed, time: '2026-11-29T12:00:00.000Z' };
  expect(await enterEvents(db, [later, alsoConfirmed])).toEqual([false, true]);
  expect(await days()).toEqual(both);
});

test('what a report knows of is what it has added up, however many ask while events come', async () => {
  const dayOf = (number: number) =>
    new Date(Date.parse(sunday) + number * 86_400_000).toISOString();
  const orders = Array.from({ length: 60 }, (_, number) =>
    event(`D${number}`, 'confirmed', sold(`ord_d${number}`, dayOf(number), { [aBook.id]: 1 })),
  );
  const entering = (async () => {
    for (const one of orders) await enterEvents(db, [one]);
  })();
  const asked = Array.from({ length: 60 }, () => reports.revenueReport(db, { by: 'day' }));
  for (const { rows, asOf } of await Promise.all(asked))
    expect(asOf?.slice(0, 10)).toBe(rows.at(-1)?.key);
  await entering;
  expect((await days()).length).toBe(60);
});

test('a report of days without a sale still says how fresh it is', async () => {
  await enterEvents(db, [confirmed]);
  const query = { by: 'day', from: '2026-12-01' } as const;
  expect(await reports.revenueReport(db, query)).toEqual({
    rows: [],
    totalCents: 0,
    asOf: saturday,
  });
});
