// reports/controller.test.ts: revenue and best sellers, added up by hand.
// Run by vitest; its twin has the same tests, save what follows the last DIFFERS.
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { Order } from '@lab/shared/contract/orders.ts';
import { draftOrder } from '@lab/shared/domain/order.ts';
import { alice } from '@lab/shared/fixtures/customers.ts';
import { productById, products, theLastTeapot } from '@lab/shared/fixtures/products.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { beforeEach, expect, test } from 'vitest';
import { booksOf } from './books.ts';
import * as reports from './controller.ts';

const aBook = productById('prd_0001');
const saturday = '2026-11-21T23:59:59.999Z';
const sunday = '2026-11-22T00:00:00.000Z';

let db: Database;
beforeEach(async () => {
  db = await emptyDatabase(import.meta.url);
});

/** An order of `books` books and `teapots` teapots. */
function sold(id: string, placedAt: string, books: number, teapots: number): Order {
  const wanted = [
    { productId: aBook.id, quantity: books },
    { productId: theLastTeapot.id, quantity: teapots },
  ].filter(({ quantity }) => quantity > 0);
  const input = { customerId: alice.id, lines: wanted, cardToken: 'tok_visa' };
  return { ...draftOrder({ id, input, products, placedAt }), status: 'confirmed' };
}

const weekend = [sold('ord_1', saturday, 2, 1), sold('ord_2', sunday, 1, 0)];

// DIFFERS: the books are kept from events, docs/decisions/0008
const enter = async (orders: readonly Order[]) => {
  for (const order of orders)
    await reports.recordSale(booksOf(db), event('order.confirmed', order));
};
const cancel = (order: Order) => reports.recordSale(booksOf(db), event('order.cancelled', order));

const event = (type: OrderEvent['type'], data: Order): OrderEvent => ({
  id: `evt_${type === 'order.confirmed' ? 'A' : 'B'}${data.id.slice(4)}`,
  type,
  time: data.placedAt,
  data,
});

const bookCents = aBook.priceCents;
const teapotCents = theLastTeapot.priceCents;

test('a shop that sold nothing reports nothing', async () => {
  expect(await reports.revenueReport(db, { by: 'day' })).toEqual({
    rows: [],
    totalCents: 0,
    asOf: null,
  });
  expect(await reports.topProducts(db, {})).toEqual({ items: [], asOf: null });
});

test('revenue by day counts each order on its own day', async () => {
  await enter(weekend);
  expect(await reports.revenueReport(db, { by: 'day' })).toEqual({
    rows: [
      { key: '2026-11-21', orders: 1, quantity: 3, revenueCents: 2 * bookCents + teapotCents },
      { key: '2026-11-22', orders: 1, quantity: 1, revenueCents: bookCents },
    ],
    totalCents: 3 * bookCents + teapotCents,
    asOf: sunday,
  });
});

test('revenue by category counts an order once in each of its categories', async () => {
  await enter(weekend);
  const { rows } = await reports.revenueReport(db, { by: 'category' });
  expect(rows).toEqual([
    { key: 'books', orders: 2, quantity: 3, revenueCents: 3 * bookCents },
    { key: 'tea', orders: 1, quantity: 1, revenueCents: teapotCents },
  ]);
});

test('the first and the last day asked for are both included', async () => {
  await enter(weekend);
  const keys = async (query: { from?: string; to?: string }) =>
    (await reports.revenueReport(db, { by: 'day', ...query })).rows.map(({ key }) => key);
  expect(await keys({ from: '2026-11-21', to: '2026-11-22' })).toHaveLength(2);
  expect(await keys({ from: '2026-11-22' })).toEqual(['2026-11-22']);
  expect(await keys({ to: '2026-11-21' })).toEqual(['2026-11-21']);
  expect(await keys({ from: '2026-11-23' })).toEqual([]);
});

test('what brought most money comes first, and the list stops at its limit', async () => {
  await enter(weekend);
  const teapot = { productId: theLastTeapot.id, name: theLastTeapot.name };
  const first = { ...teapot, quantity: 1, revenueCents: teapotCents };
  const book = { productId: aBook.id, name: aBook.name };
  const second = { ...book, quantity: 3, revenueCents: 3 * bookCents };
  expect(first.revenueCents).toBeGreaterThan(second.revenueCents);
  expect(await reports.topProducts(db, {})).toEqual({ items: [first, second], asOf: sunday });
  expect(await reports.topProducts(db, { limit: 1 })).toEqual({ items: [first], asOf: sunday });
});

test('a cancelled order never happened', async () => {
  const [kept, regretted] = weekend as [Order, Order];
  await enter(weekend);
  await cancel(regretted);
  const { rows, asOf } = await reports.revenueReport(db, { by: 'day' });
  expect(rows.map(({ key }) => key)).toEqual(['2026-11-21']);
  expect(asOf).toBe(kept.placedAt);
  expect((await reports.topProducts(db, {})).items.map(({ quantity }) => quantity)).toEqual([1, 2]);
});

// DIFFERS: events come at least once, docs/decisions/0009
test('an event that comes again is entered once', async () => {
  const [order] = weekend as [Order, Order];
  const confirmed = event('order.confirmed', order);
  expect(await reports.recordSale(booksOf(db), confirmed)).toEqual({ accepted: true });
  expect(await reports.recordSale(booksOf(db), confirmed)).toEqual({ accepted: false });
  expect((await reports.revenueReport(db, { by: 'day' })).totalCents).toBe(order.totalCents);
});

test('a confirmation that comes again after the cancellation changes nothing', async () => {
  const [order] = weekend as [Order, Order];
  await enter([order]);
  await cancel(order);
  await enter([order]);
  expect(await reports.revenueReport(db, { by: 'day' })).toMatchObject({ rows: [], asOf: null });
});

test('a cancellation that overtakes its confirmation keeps the sale out', async () => {
  const [order] = weekend as [Order, Order];
  await cancel(order);
  await enter([order]);
  expect(await reports.revenueReport(db, { by: 'day' })).toMatchObject({ rows: [], asOf: null });
});

test('an event that cannot be entered is not remembered as seen', async () => {
  const [order] = weekend as [Order, Order];
  await enter([order]);
  const again = { ...event('order.confirmed', order), id: 'evt_X' };
  for (const _ of [1, 2]) {
    await expect(reports.recordSale(booksOf(db), again)).rejects.toMatchObject({
      name: 'DuplicateKey',
    });
  }
});
