// orders/saga.test.ts: what a checkout leaves elsewhere when a neighbour refuses, is slow or breaks.
// Run by vitest; the monolith has no such file, for its database undoes it.
import { PaymentDeclined, problem } from '@lab/shared/domain/problems.ts';
import { alice } from '@lab/shared/fixtures/customers.ts';
import { theLastTeapot } from '@lab/shared/fixtures/products.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import * as orders from './controller.ts';
import { type FakeShop, fakeShop, type Meets } from './fake-shop.ts';

const lines = [{ productId: theLastTeapot.id, quantity: 1 }];
const input = { customerId: alice.id, lines, cardToken: 'tok_visa' };
const call = { requestId: 'test', traceparent: undefined, idempotencyKey: 'once' };
const slow = problem('dependencyTimeout', 'slow', { dependency: 'payments' });
const down = problem('dependencyUnavailable', 'down', { dependency: 'payments' });

let db: Database;
let shop: FakeShop;
let meets: Meets;
beforeEach(async () => {
  db = await emptyDatabase(import.meta.url);
  meets = {};
  shop = fakeShop(db, meets);
});

const place = () => orders.placeOrder(shop, input, call);
const stored = async () => (await orders.listOrders(shop, { customerId: alice.id })).items;
const events = () => db.all<{ follower: string; event: string }>('SELECT * FROM outbox');
/** As the later rounds of recovery do, once all that is here now is old. */
const recoverLater = () => orders.recoverOrders(shop, new Date(Date.now() + 60_000));
const throwing = (thrown: unknown) => () => Promise.reject(thrown);

function expectNothingLeft(): void {
  expect([...shop.taken]).toEqual([]);
  expect([...shop.charged]).toEqual([]);
}

test('the saga prices, takes, charges, confirms, and then wakes the outbox', async () => {
  meets.kick = async () => expect((await stored())[0]?.status).toBe('confirmed');
  await place();
  expect(shop.steps).toEqual(['price', 'take', 'charge', 'kick']);
});

test('the order is stored before anybody else is asked to do anything', async () => {
  const seen: unknown[] = [];
  meets.take = async () => seen.push(...(await stored()));
  const { id } = await place();
  expect(seen).toMatchObject([{ id, status: 'placed' }]);
});

describe('a charge that fails', () => {
  const order = { orderId: 'ord_1', reason: 'lost' };
  test.each([
    ['because the card is declined', new PaymentDeclined(order), 'PAYMENT_DECLINED'],
    ['because payments is slow', slow, 'DEPENDENCY_TIMEOUT'],
    ['because payments is down', down, 'DEPENDENCY_UNAVAILABLE'],
    ['because of a bug', new TypeError('bug'), 'INTERNAL'],
  ])('%s takes everything back', async (_why, thrown, rejection) => {
    meets.charge = throwing(thrown);
    const refusal = await place().catch((error) => error);
    expect(refusal.message).toBe((thrown as Error).message);
    expect(shop.steps).toEqual(['price', 'take', 'charge', 'return', 'refund']);
    expectNothingLeft();
    expect(await stored()).toMatchObject([{ status: 'rejected', rejection }]);
    expect(await events()).toEqual([]);
  });

  test('after it was booked is refunded', async () => {
    meets.charge = (orderId) => {
      shop.charged.add(orderId);
      throw slow;
    };
    await expect(place()).rejects.toMatchObject({ code: 'DEPENDENCY_TIMEOUT' });
    expectNothingLeft();
  });
});

test('stock that was taken by a call without an answer is given back', async () => {
  meets.take = (orderId) => {
    shop.taken.add(orderId);
    throw problem('dependencyTimeout', 'slow', { dependency: 'inventory' });
  };
  await expect(place()).rejects.toMatchObject({ values: { dependency: 'inventory' } });
  expect(shop.steps).not.toContain('charge');
  expectNothingLeft();
});

test('an order that could not be priced leaves its key free', async () => {
  meets.price = throwing(down);
  await expect(place()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  expect(shop.steps).toEqual(['price']);
  expect(await stored()).toEqual([]);
  delete meets.price;
  expect(await place()).toMatchObject({ status: 'confirmed' });
});

test('the decision is stored before anything is undone', async () => {
  const seen: unknown[] = [];
  const look = async () => seen.push((await stored())[0]?.status);
  Object.assign(meets, { charge: throwing(down), return: look, refund: look });
  await place().catch(() => {});
  expect(seen).toEqual(['rejected', 'rejected']);
});

describe('what cannot be undone at once', () => {
  test('does not keep the rest from being undone', async () => {
    Object.assign(meets, { charge: throwing(down), return: throwing(down) });
    await expect(place()).rejects.toBeDefined();
    expect(shop.steps).toContain('refund');
    expect(shop.taken.size).toBe(1);
  });

  test('is asked for again by recovery until it is done, and then never more', async () => {
    Object.assign(meets, { charge: throwing(slow), refund: throwing(down) });
    await place().catch(() => {});
    await recoverLater();
    expect(shop.steps.filter((step) => step === 'refund')).toHaveLength(2);
    delete meets.refund;
    await recoverLater();
    await recoverLater();
    expect(shop.steps.filter((step) => step === 'refund')).toHaveLength(3);
    expectNothingLeft();
  });

  test('is left alone by recovery while its own checkout may still be at it', async () => {
    Object.assign(meets, { charge: throwing(slow), return: throwing(down) });
    await place().catch(() => {});
    const { length } = shop.steps;
    await orders.recoverOrders(shop, new Date(Date.now() - 60_000));
    expect(shop.steps).toHaveLength(length);
  });

  test('after a cancellation is repeated too', async () => {
    const { id } = await place();
    meets.return = throwing(down);
    expect(await orders.cancelOrder(shop, id, call)).toMatchObject({ status: 'cancelled' });
    expect([...shop.taken]).toEqual([id]);
    delete meets.return;
    await recoverLater();
    expectNothingLeft();
  });
});

test('a repeat asks no neighbour, whatever the first answer was', async () => {
  await place();
  meets.charge = throwing(down);
  const other = { ...call, idempotencyKey: 'other' };
  const refuse = () => orders.placeOrder(shop, input, other).catch(({ code }) => code);
  expect(await refuse()).toBe('DEPENDENCY_UNAVAILABLE');
  const { length } = shop.steps;
  expect(await place()).toMatchObject({ status: 'confirmed' });
  expect(await refuse()).toBe('DEPENDENCY_UNAVAILABLE');
  expect(shop.steps).toHaveLength(length);
});

describe('a checkout that recovery called off meanwhile', () => {
  test('before the charge is never charged', async () => {
    meets.charge = recoverLater;
    await expect(place()).rejects.toMatchObject({ status: 503, code: 'INTERRUPTED' });
    expectNothingLeft();
    expect(await stored()).toMatchObject([{ status: 'rejected', rejection: 'INTERRUPTED' }]);
  });

  test('after the charge is not confirmed: it is told so, and the money is back', async () => {
    const { payments } = shop;
    shop.payments = {
      ...payments,
      charge: async (...asked) => {
        const charged = await payments.charge(...asked);
        await recoverLater();
        return charged;
      },
    };
    await expect(place()).rejects.toMatchObject({ status: 503, code: 'INTERRUPTED' });
    expectNothingLeft();
    expect(await stored()).toMatchObject([{ status: 'rejected' }]);
    expect(await events()).toEqual([]);
  });
});

describe('events', () => {
  test('of an order are stored for each follower, with the order as it was answered', async () => {
    const order = await place();
    const rows = await events();
    expect(rows.map(({ follower }) => follower).sort()).toEqual(['notifications', 'reports']);
    for (const { event } of rows) {
      expect(JSON.parse(event)).toMatchObject({ type: 'order.confirmed', data: order });
    }
  });

  test('that cannot be stored keep the order from being confirmed', async () => {
    await db.run('DROP TABLE outbox');
    await expect(place()).rejects.toThrow(/outbox/);
    expect(await stored()).toMatchObject([{ status: 'rejected', rejection: 'INTERNAL' }]);
    expectNothingLeft();
  });

  test('that cannot be stored keep an order from being cancelled', async () => {
    const { id } = await place();
    await db.run('DROP TABLE outbox');
    await expect(orders.cancelOrder(shop, id, call)).rejects.toThrow(/outbox/);
    expect(await orders.getOrder(shop, id)).toMatchObject({ status: 'confirmed' });
    expect([...shop.charged]).toEqual([id]);
  });
});
