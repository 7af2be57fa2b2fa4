// orders/controller.test.ts: the checkout and what becomes of an order.
// Run by vitest; its twin has the same tests, save what follows the last DIFFERS.
import type { NewOrder } from '@lab/shared/contract/orders.ts';
import { draftOrder } from '@lab/shared/domain/order.ts';
import { alice, bob } from '@lab/shared/fixtures/customers.ts';
import { products, theLastTeapot } from '@lab/shared/fixtures/products.ts';
import { createBackground } from '@lab/shared/runtime/background.ts';
import type { Call } from '@lab/shared/runtime/call.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { beforeEach, expect, test } from 'vitest';
import type { Shop } from '../app.ts';
import * as catalog from '../catalog/controller.ts';
import { seedProducts } from '../catalog/model.ts';
import * as inventory from '../inventory/controller.ts';
import { seedStock } from '../inventory/model.ts';
import * as notifications from '../notifications/controller.ts';
import * as payments from '../payments/controller.ts';
import * as reports from '../reports/controller.ts';
import * as orders from './controller.ts';
import { insertOrder } from './model.ts';

const oneTeapot = [{ productId: theLastTeapot.id, quantity: 1 }];
const input: NewOrder = { customerId: alice.id, lines: oneTeapot, cardToken: 'tok_visa' };
const nothing = { taken: 0, charged: 0, told: 0 };

// DIFFERS: the neighbours are the real ones, function calls away, docs/decisions/0005
let db: Database;
let shop: Shop;
beforeEach(async () => {
  db = await emptyDatabase(import.meta.url);
  await seedProducts(db);
  await seedStock(db);
  const callbacks = { check: async () => {} };
  const background = createBackground(createLogger('orders', 'silent'));
  const features = { catalog, inventory, orders, payments, notifications, reports };
  shop = { db, callbacks, background, ...features };
});

const sellOut = async () => void (await db.run('UPDATE stock SET initial = 0, available = 0'));

/** What orders have left behind: pieces taken, cards charged, customers told. */
const traces = () =>
  db.get(
    `SELECT (SELECT sum(initial - available) FROM stock) AS taken,
       (SELECT count(*) FROM payments WHERE status = 'charged') AS charged,
       (SELECT count(*) FROM notifications) AS told`,
  );

const call = (idempotencyKey?: string): Call => ({
  requestId: 'test',
  traceparent: undefined,
  idempotencyKey,
});
const place = (changes: Partial<NewOrder> = {}, key?: string) =>
  orders.placeOrder(shop, { ...input, ...changes }, call(key));
const ofAlice = async () => (await orders.listOrders(shop, { customerId: alice.id })).items;

test('an order takes the stock, charges the card and tells the customer', async () => {
  const order = await place();
  expect(order).toMatchObject({ status: 'confirmed', totalCents: 14_900, rejection: null });
  expect(await traces()).toEqual({ taken: 1, charged: 1, told: 1 });
  expect(await orders.getOrder(shop, order.id)).toEqual(order);
});

test('an order with no stock changes nothing, and says why for good', async () => {
  await sellOut();
  const short = { productId: theLastTeapot.id, wanted: 1, left: 0 };
  await expect(place()).rejects.toMatchObject({ code: 'OUT_OF_STOCK', values: short });
  expect(await traces()).toEqual(nothing);
  const [rejected] = await ofAlice();
  expect(rejected).toMatchObject({ status: 'rejected', rejection: 'OUT_OF_STOCK' });
});

test('an order whose card is declined changes nothing, and says why for good', async () => {
  const declined = place({ cardToken: 'tok_lost' });
  await expect(declined).rejects.toMatchObject({ status: 402, code: 'PAYMENT_DECLINED' });
  expect(await traces()).toEqual(nothing);
  const [rejected] = await ofAlice();
  expect(rejected).toMatchObject({ status: 'rejected', rejection: 'PAYMENT_DECLINED' });
});

test('an order that cannot be priced is not stored', async () => {
  const unknown = place({ lines: [{ productId: 'prd_9999', quantity: 1 }] });
  await expect(unknown).rejects.toMatchObject({ status: 422, code: 'UNKNOWN_PRODUCT' });
  const twice = place({ lines: [...oneTeapot, ...oneTeapot] });
  await expect(twice).rejects.toMatchObject({ status: 422, code: 'DUPLICATE_PRODUCT' });
  expect(await ofAlice()).toEqual([]);
});

test('the same key and body buy once and get the same answer', async () => {
  const first = await place({}, 'once');
  expect(await place({}, 'once')).toEqual(first);
  expect(await traces()).toEqual({ taken: 1, charged: 1, told: 1 });
  expect(await ofAlice()).toEqual([first]);
});

test('a refusal is repeated with all it said, whatever has changed since', async () => {
  await sellOut();
  const problems = [];
  for (const _ of [1, 2]) problems.push(await place({}, 'once').catch((thrown) => thrown));
  expect(problems[0]).toMatchObject({ code: 'OUT_OF_STOCK' });
  expect(problems[1]).toEqual(problems[0]);
  expect(problems[1].values).toEqual(problems[0].values);
  expect(await ofAlice()).toHaveLength(1);
});

test('the same key with another body is refused', async () => {
  await place({}, 'once');
  const other = place({ customerId: bob.id }, 'once');
  await expect(other).rejects.toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  expect(await traces()).toEqual({ taken: 1, charged: 1, told: 1 });
});

test('twins that arrive together buy once; the other is told to wait or gets the answer', async () => {
  const twins = await Promise.allSettled([place({}, 'once'), place({}, 'once')]);
  const bought = twins.filter(({ status }) => status === 'fulfilled');
  const told = twins.flatMap((twin) => (twin.status === 'rejected' ? [twin.reason.code] : []));
  expect(bought.length).toBeGreaterThanOrEqual(1);
  expect(told).toEqual(told.map(() => 'ORDER_IN_PROGRESS'));
  expect(await traces()).toEqual({ taken: 1, charged: 1, told: 1 });
});

test('a cancellation gives everything back, once, and tells the customer', async () => {
  const order = await place({}, 'once');
  const cancelled = await orders.cancelOrder(shop, order.id, call());
  expect(cancelled).toEqual({ ...order, status: 'cancelled' });
  expect(await traces()).toEqual({ taken: 0, charged: 0, told: 2 });
  expect(await orders.cancelOrder(shop, order.id, call())).toEqual(cancelled);
  expect(await traces()).toEqual({ taken: 0, charged: 0, told: 2 });
  expect(await place({}, 'once')).toEqual(order);
});

test('two cancellations at once undo once and answer alike', async () => {
  const { id } = await place();
  const twins = [orders.cancelOrder(shop, id, call()), orders.cancelOrder(shop, id, call())];
  const [one, other] = await Promise.all(twins);
  expect(one).toMatchObject({ id, status: 'cancelled' });
  expect(other).toEqual(one);
  expect(await traces()).toEqual({ taken: 0, charged: 0, told: 2 });
});

test('what was never sold cannot be cancelled, nor can what does not exist', async () => {
  await place({ cardToken: 'tok_lost' }).catch(() => {});
  const [rejected] = await ofAlice();
  const id = rejected?.id ?? '';
  await expect(orders.cancelOrder(shop, id, call())).rejects.toMatchObject({
    status: 409,
    code: 'ORDER_NOT_CANCELLABLE',
  });
  const nowhere = orders.cancelOrder(shop, 'ord_nowhere', call());
  await expect(nowhere).rejects.toMatchObject({ status: 404, values: { what: 'order' } });
});

test('everybody reads only their own orders, newest first, page by page', async () => {
  for (const _ of [1, 2, 3]) await place({ cardToken: 'tok_lost' }).catch(() => {});
  await place({ customerId: bob.id });
  const ids = (await ofAlice()).map(({ id }) => id);
  expect(ids).toHaveLength(3);
  expect(ids).toEqual(ids.toSorted().reverse());
  const newest = await orders.listOrders(shop, { customerId: alice.id, limit: 2 });
  const cursor = newest.nextCursor ?? '';
  const rest = await orders.listOrders(shop, { customerId: alice.id, limit: 2, cursor });
  expect([...newest.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
  expect(rest.nextCursor).toBeNull();
});

test('recovery rejects what a crash left half placed, and nothing younger', async () => {
  const [old, young] = ['2026-11-22T09:30:00.000Z', '2026-11-22T09:30:01.000Z'];
  for (const [id, placedAt] of Object.entries({ ord_old: old, ord_young: young })) {
    const placed = draftOrder({ id, input, products, placedAt });
    await insertOrder(db, placed, { key: id, fingerprint: '' });
  }
  expect(await orders.recoverOrders(shop, new Date(young))).toBe(1);
  expect(await orders.getOrder(shop, 'ord_old')).toMatchObject({
    status: 'rejected',
    rejection: 'INTERRUPTED',
  });
  expect(await orders.getOrder(shop, 'ord_young')).toMatchObject({ status: 'placed' });
  expect(await traces()).toEqual(nothing);
});
