// orders/payment-by-queue.test.ts: a checkout that asks for its payment and does not wait for it.
// Run by vitest; payments is whoever the test lets answer.
import type { NewOrder, Order } from '@lab/shared/contract/orders.ts';
import type { PaymentRequest } from '@lab/shared/contract/payments.ts';
import { PaymentDeclined, toProblem } from '@lab/shared/domain/problems.ts';
import { alice } from '@lab/shared/fixtures/customers.ts';
import { theLastTeapot } from '@lab/shared/fixtures/products.ts';
import { createBackground } from '@lab/shared/runtime/background.ts';
import type { Call } from '@lab/shared/runtime/call.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { beforeEach, expect, test } from 'vitest';
import * as orders from './controller.ts';
import { setCoupling } from './coupling.ts';
import { type FakeShop, fakeShop, type Meets } from './fake-shop.ts';
import { findEvents } from './outbox.model.ts';

const lines = [{ productId: theLastTeapot.id, quantity: 1 }];
const input: NewOrder = { customerId: alice.id, lines, cardToken: 'tok_visa' };
const call: Call = {
  requestId: 'test',
  traceparent: undefined,
  idempotencyKey: undefined,
  respondAsync: true,
};

let db: Database;
let meets: Meets;
let shop: FakeShop;
const background = createBackground(createLogger('orders', 'silent'));
beforeEach(async () => {
  db = await emptyDatabase(import.meta.url);
  meets = {};
  const wiring = { initial: 'queue', missing: undefined } as const;
  shop = { ...fakeShop(db, meets), wiring, background };
});

/** Placed, and as far as it gets without an answer of payments. */
async function begin(): Promise<Order> {
  const order = await orders.placeOrder(shop, input, call);
  await background.settle();
  return order;
}

const now = async ({ id }: Order) => (await orders.getOrder(shop, id)).status;
const requests = async () => (await findEvents(db, 'payments')) as PaymentRequest[];
const settle = ({ id }: Order, refusal: Parameters<typeof orders.settlePayment>[2]['refusal']) =>
  orders.settlePayment(shop, id, { refusal }, call);
const declined = ({ id }: Order) =>
  toProblem(new PaymentDeclined({ orderId: id, reason: 'card expired' }));

test('it takes the stock, asks for the payment and charges nothing itself', async () => {
  const order = await begin();
  expect(await now(order)).toBe('placed');
  expect(shop.steps).toEqual(['price', 'take', 'kick']);
  const data = { orderId: order.id, amountCents: order.totalCents, cardToken: 'tok_visa' };
  expect(await requests()).toMatchObject([{ type: 'payment.requested', data }]);
});

test('who waits for the answer, and whoever is coupled by call, is charged at once', async () => {
  await orders.placeOrder(shop, input, { ...call, respondAsync: false });
  await setCoupling(shop, { coupling: 'sync' });
  const order = await begin();
  expect(await now(order)).toBe('confirmed');
  expect(shop.charged.size).toBe(2);
  expect(await requests()).toEqual([]);
});

test('a payment confirms the order, and tells of it once however often it comes', async () => {
  const order = await begin();
  await Promise.all([settle(order, null), settle(order, null).catch(() => {})]);
  expect((await settle(order, null)).status).toBe('confirmed');
  expect(await findEvents(db, 'notifications')).toHaveLength(1);
});

test('a refusal rejects the order, with its reason, and gives the stock back', async () => {
  const order = await begin();
  await settle(order, declined(order));
  await settle(order, declined(order));
  const { status, rejection } = await orders.getOrder(shop, order.id);
  expect([status, rejection]).toEqual(['rejected', 'PAYMENT_DECLINED']);
  expect(shop.taken.size).toBe(0);
  expect(await findEvents(db, 'notifications')).toEqual([]);
});

test('recovery leaves an order alone that waits for its payment, but not for ever', async () => {
  const order = await begin();
  await orders.recoverOrders(shop, new Date(Date.now() + 1000));
  expect(await now(order)).toBe('placed');
  const longAgo = new Date(Date.now() - 301_000).toISOString();
  await db.run('UPDATE orders SET payment_asked_at = $1', [longAgo]);
  await orders.recoverOrders(shop, new Date());
  expect(await now(order)).toBe('rejected');
  expect(shop.taken.size).toBe(0);
  // The refund was made before the charge: the answer that comes too late changes nothing.
  expect((await settle(order, null)).status).toBe('rejected');
});

test('without stock nothing is asked for, and the order is rejected', async () => {
  meets.take = () => Promise.reject(new PaymentDeclined({ orderId: '', reason: 'no stock' }));
  const order = await begin();
  expect([await now(order), await requests()]).toEqual(['rejected', []]);
});
