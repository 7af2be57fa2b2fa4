// test/idempotency.contract.ts: a checkout that is sent again, as every careful caller does.
// Registered by suite.ts.
import { expect, test } from 'vitest';
import { listOrders, placeOrder } from '../contract/orders.ts';
import { productById, theLastTeapot } from '../fixtures/products.ts';
import { ask, type Exchange, refused, send, succeeded } from './asking.ts';
import { cancel, lineOf, newKey, newOrder, stockOf } from './shopping.ts';
import type { Subject } from './subject.ts';

const lapsang = productById('prd_0165');

export function idempotencyContract(subject: Subject): void {
  repeats(subject);
  races(subject);
}

const told = ({ status, text }: Exchange) => ({ status, text });

function repeats(subject: Subject): void {
  const post = (idempotencyKey: string, body: ReturnType<typeof newOrder>) =>
    send(subject, placeOrder, { body }, { idempotencyKey });

  test('the same key and body get the same bytes, and one order', async () => {
    const before = await stockOf(subject, lapsang);
    const key = newKey('repeat');
    const body = newOrder([lineOf(lapsang, 2)]);
    const first = await post(key, body);
    succeeded(placeOrder, first);
    expect(told(await post(key, body))).toEqual(told(first));
    expect(await stockOf(subject, lapsang)).toBe(before - 2);
  });

  test('a body with its fields in another order is the same body', async () => {
    const key = newKey('order-of-fields');
    const body = newOrder([lineOf(lapsang)]);
    const first = await post(key, body);
    const turned = Object.fromEntries(Object.entries(body).reverse()) as typeof body;
    expect(JSON.stringify(turned)).not.toBe(JSON.stringify(body));
    expect(told(await post(key, turned))).toEqual(told(first));
  });

  test('the answer stays the same after the order was cancelled', async () => {
    const before = await stockOf(subject, lapsang);
    const key = newKey('cancelled');
    const body = newOrder([lineOf(lapsang)]);
    const first = await post(key, body);
    await cancel(subject, succeeded(placeOrder, first));
    expect(told(await post(key, body))).toEqual(told(first));
    expect(await stockOf(subject, lapsang)).toBe(before);
  });

  test('the same key with another body is refused and takes nothing', async () => {
    const key = newKey('other-body');
    await post(key, newOrder([lineOf(lapsang)]));
    const before = await stockOf(subject, lapsang);
    const problem = refused(await post(key, newOrder([lineOf(lapsang, 2)])));
    expect(problem).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await stockOf(subject, lapsang)).toBe(before);
  });

  test('a declined card is declined again, in the same bytes', async () => {
    const key = newKey('declined');
    const body = newOrder([lineOf(lapsang)], { cardToken: 'tok_expired' });
    const first = await post(key, body);
    expect(refused(first)).toMatchObject({ status: 402, code: 'PAYMENT_DECLINED' });
    expect(told(await post(key, body))).toEqual(told(first));
  });

  test('an order with no stock is refused again, in the same bytes', async () => {
    const key = newKey('no-stock');
    const body = newOrder([lineOf(theLastTeapot, 2)]);
    const first = await post(key, body);
    expect(refused(first)).toMatchObject({ status: 409, code: 'OUT_OF_STOCK' });
    expect(told(await post(key, body))).toEqual(told(first));
  });

  test('two requests without a key are two orders', async () => {
    const body = newOrder([lineOf(lapsang)]);
    const one = succeeded(placeOrder, await send(subject, placeOrder, { body }));
    const other = succeeded(placeOrder, await send(subject, placeOrder, { body }));
    expect(other.id).not.toBe(one.id);
  });

  test('a key of 100 characters is honoured, one of 101 refused', async () => {
    const body = newOrder([lineOf(lapsang)]);
    const longest = newKey('long').padEnd(100, '-');
    const first = await post(longest, body);
    expect(told(await post(longest, body))).toEqual(told(first));
    const problem = refused(await post(longest.padEnd(101, '-'), body));
    expect(problem).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  });
}

function races(subject: Subject): void {
  test('of eight requests at once with one key exactly one order comes', async () => {
    const before = await stockOf(subject, lapsang);
    const customerId = `cus_${newKey('race')}`;
    const body = newOrder([lineOf(lapsang, 3)], { customerId });
    const idempotencyKey = newKey('race');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => send(subject, placeOrder, { body }, { idempotencyKey })),
    );
    const placed = answers.filter(({ status }) => status === 201).map(({ text }) => text);
    expect(placed.length).toBeGreaterThan(0);
    expect(new Set(placed).size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(refused(answer)).toMatchObject({ status: 409, code: 'ORDER_IN_PROGRESS' });
    }
    const { items } = await ask(subject, listOrders, { query: { customerId } });
    expect(items.map((item) => JSON.stringify(item))).toEqual([placed[0]]);
    expect(await stockOf(subject, lapsang)).toBe(before - 3);
  });

  test('while a card network thinks, the same request is told to ask again', async () => {
    const body = newOrder([lineOf(lapsang)], { cardToken: 'tok_slow' });
    const idempotencyKey = newKey('slow');
    const post = () => send(subject, placeOrder, { body }, { idempotencyKey });
    const first = post();
    // Only sent off: which of the two arrives first does not matter, for one of them must wait.
    const second = await post();
    const answers = [await first, second];
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 409]);
    const busy = answers.find(({ status }) => status === 409) as Exchange;
    expect(refused(busy)).toMatchObject({ code: 'ORDER_IN_PROGRESS' });
    const placed = answers.find(({ status }) => status === 201) as Exchange;
    expect(told(await post())).toEqual(told(placed));
  });
}
