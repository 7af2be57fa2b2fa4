// test/orders.contract.ts: what every shape does with an order, from checkout to cancellation.
// Registered by suite.ts; repeats of one checkout are in idempotency.contract.ts.
import { expect, test } from 'vitest';
import { cancelOrder, getOrder, listOrders, type Order, placeOrder } from '../contract/orders.ts';
import { bob, chiara } from '../fixtures/customers.ts';
import { productById, products } from '../fixtures/products.ts';
import { ask, refusal, send, succeeded } from './asking.ts';
import { buy, cancel, lineOf, newKey, newOrder, stockOf } from './shopping.ts';
import { eventually, type Subject } from './subject.ts';

const earlGrey = productById('prd_0163');
const genmaicha = productById('prd_0164');

export function ordersContract(subject: Subject): void {
  checkouts(subject);
  listings(subject);
  cancellations(subject);
  withoutWaiting(subject);
  callbackUrls(subject);
}

function checkouts(subject: Subject): void {
  const refuse = (body: ReturnType<typeof newOrder>) => refusal(subject, placeOrder, { body });

  test('an order is confirmed with the names, prices and total of the catalog', async () => {
    const lines = [lineOf(genmaicha, 2), lineOf(earlGrey)];
    const order = await buy(subject, lines, { customerId: bob.id });
    expect(order).toMatchObject({
      customerId: bob.id,
      totalCents: 2 * genmaicha.priceCents + earlGrey.priceCents,
      lines: [genmaicha, earlGrey].map(({ id, name, category, priceCents }, at) => ({
        productId: id,
        name,
        category,
        quantity: lines[at]?.quantity,
        unitPriceCents: priceCents,
        totalCents: priceCents * (lines[at]?.quantity ?? 0),
      })),
    });
    expect(Date.parse(order.placedAt)).toBeGreaterThan(Date.now() - 3_600_000);
  });

  test('an order that was placed can be read again, unchanged', async () => {
    const order = await buy(subject, [lineOf(earlGrey)]);
    expect(await ask(subject, getOrder, { params: { orderId: order.id } })).toEqual(order);
  });

  test('an order of 50 lines is taken whole', async () => {
    // The cheapest to run out of stands first in every category: skip those.
    const plenty = products.filter(({ initialStock }) => initialStock >= 100).slice(0, 50);
    const order = await buy(
      subject,
      plenty.map((product) => lineOf(product)),
    );
    const total = plenty.reduce((sum, { priceCents }) => sum + priceCents, 0);
    expect([order.lines.length, order.totalCents]).toEqual([50, total]);
  });

  test('an order of 51 lines does not fit the contract', async () => {
    const problem = await refuse(newOrder(products.slice(0, 51).map((product) => lineOf(product))));
    expect(problem).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    expect(problem.errors).toEqual([expect.objectContaining({ at: 'body/lines' })]);
  });

  test('an order for a product that is not sold names it and changes nothing', async () => {
    const before = await stockOf(subject, earlGrey);
    const problem = await refuse(newOrder([lineOf(earlGrey), lineOf({ id: 'prd_9999' })]));
    const named = { productId: 'prd_9999' };
    expect(problem).toMatchObject({ status: 422, code: 'UNKNOWN_PRODUCT', ...named });
    expect(await stockOf(subject, earlGrey)).toBe(before);
  });

  test('an order with a product on two lines names it and changes nothing', async () => {
    const before = await stockOf(subject, earlGrey);
    const problem = await refuse(newOrder([lineOf(earlGrey), lineOf(genmaicha), lineOf(earlGrey)]));
    const named = { productId: earlGrey.id };
    expect(problem).toMatchObject({ status: 422, code: 'DUPLICATE_PRODUCT', ...named });
    expect(await stockOf(subject, earlGrey)).toBe(before);
  });

  test('everything that is wrong with an order is told at once', async () => {
    const body = { customerId: 'alice', lines: [{ productId: earlGrey.id, quantity: 0 }] };
    const problem = await refuse(body as ReturnType<typeof newOrder>);
    const places = (problem.errors as { at: string }[]).map(({ at }) => at).sort();
    expect(places).toEqual(['body', 'body/customerId', 'body/lines/0/quantity']);
  });

  test('an order nobody placed is not found', async () => {
    const params = { orderId: 'ord_00000000000000000000000000' };
    const problem = await refusal(subject, getOrder, { params });
    expect(problem).toMatchObject({ status: 404, code: 'NOT_FOUND', what: 'order' });
  });
}

function listings(subject: Subject): void {
  test('a customer’s orders come newest first, page by page, each once', async () => {
    const customerId = `cus_${newKey('lister')}`;
    const placed = [];
    for (let count = 0; count < 5; count += 1) {
      placed.push(await buy(subject, [lineOf(genmaicha)], { customerId }));
    }
    const read = [];
    let cursor: string | null = null;
    do {
      const query = { customerId, limit: 2, ...(cursor !== null && { cursor }) };
      const page: { items: typeof placed; nextCursor: string | null } = await ask(
        subject,
        listOrders,
        { query },
      );
      read.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(read).toEqual(placed.toReversed());
  });

  test('nobody is shown the orders of somebody else', async () => {
    const { items } = await ask(subject, listOrders, { query: { customerId: chiara.id } });
    expect(items.length).toBeGreaterThan(0);
    expect(items.every(({ customerId }) => customerId === chiara.id)).toBe(true);
  });

  test('a customer without orders has an empty last page', async () => {
    const customerId = `cus_${newKey('stranger')}`;
    const page = await ask(subject, listOrders, { query: { customerId } });
    expect(page).toEqual({ items: [], nextCursor: null });
  });

  test('a rejected order stays on the list, with the reason', async () => {
    const customerId = `cus_${newKey('broke')}`;
    const body = newOrder([lineOf(genmaicha)], { customerId, cardToken: 'tok_no_funds' });
    await refusal(subject, placeOrder, { body });
    const { items } = await ask(subject, listOrders, { query: { customerId } });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ status: 'rejected', rejection: 'PAYMENT_DECLINED' });
  });
}

function cancellations(subject: Subject): void {
  test('a cancelled order is the same order, cancelled', async () => {
    const order = await buy(subject, [lineOf(earlGrey)]);
    const cancelled = await cancel(subject, order);
    expect(cancelled).toEqual({ ...order, status: 'cancelled' });
    expect(await ask(subject, getOrder, { params: { orderId: order.id } })).toEqual(cancelled);
  });

  test('a second cancellation answers like the first and puts nothing more back', async () => {
    const before = await stockOf(subject, earlGrey);
    const order = await buy(subject, [lineOf(earlGrey, 4)]);
    expect(await cancel(subject, order)).toEqual(await cancel(subject, order));
    expect(await stockOf(subject, earlGrey)).toBe(before);
  });

  test('ten cancellations at once all succeed, and the stock comes back once', async () => {
    const before = await stockOf(subject, earlGrey);
    const { id: orderId } = await buy(subject, [lineOf(earlGrey, 2)]);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send(subject, cancelOrder, { params: { orderId } })),
    );
    for (const answer of answers) {
      expect(succeeded(cancelOrder, answer)).toMatchObject({ id: orderId, status: 'cancelled' });
    }
    expect(await stockOf(subject, earlGrey)).toBe(before);
  });

  test('a rejected order cannot be cancelled', async () => {
    const customerId = `cus_${newKey('rejected')}`;
    const body = newOrder([lineOf(earlGrey)], { customerId, cardToken: 'tok_declined' });
    await refusal(subject, placeOrder, { body });
    const { items } = await ask(subject, listOrders, { query: { customerId } });
    const orderId = items[0]?.id ?? '';
    const problem = await refusal(subject, cancelOrder, { params: { orderId } });
    expect(problem).toMatchObject({ status: 409, code: 'ORDER_NOT_CANCELLABLE' });
    expect(problem).toMatchObject({ orderId, orderStatus: 'rejected' });
  });

  test('an order nobody placed cannot be cancelled', async () => {
    const params = { orderId: 'ord_00000000000000000000000000' };
    const problem = await refusal(subject, cancelOrder, { params });
    expect(problem).toMatchObject({ status: 404, code: 'NOT_FOUND', what: 'order' });
  });
}

function withoutWaiting(subject: Subject): void {
  const begin = (body: ReturnType<typeof newOrder>, prefer: string, idempotencyKey = newKey('p')) =>
    send(subject, placeOrder, { body }, { idempotencyKey, headers: { prefer } });
  /** What becomes of an order that was answered with 202. */
  const decided = async (orderId: string) => {
    await eventually(async () => {
      const { status } = await ask(subject, getOrder, { params: { orderId } });
      expect(status).not.toBe('placed');
    });
    return ask(subject, getOrder, { params: { orderId } });
  };

  test('who prefers not to wait is told where to look, and finds the order decided', async () => {
    const { status, headers, text } = await begin(newOrder([lineOf(earlGrey)]), 'respond-async');
    const order: Order = JSON.parse(text);
    expect([status, order.status]).toEqual([202, 'placed']);
    expect(headers.get('preference-applied')).toBe('respond-async');
    const location = new URL(headers.get('location') ?? '', `${subject.baseUrl}/orders`);
    expect(location.href).toBe(`${subject.baseUrl}/orders/${order.id}`);
    expect(await decided(order.id)).toEqual({ ...order, status: 'confirmed' });
  });

  test('a refusal that nobody waited for is found in the order, and changed nothing', async () => {
    const before = await stockOf(subject, earlGrey);
    const body = newOrder([lineOf(earlGrey)], { cardToken: 'tok_lost' });
    const { status, text } = await begin(body, 'wait=10, Respond-Async');
    expect(status).toBe(202);
    const { id } = JSON.parse(text);
    const expected = { status: 'rejected', rejection: 'PAYMENT_DECLINED' };
    expect(await decided(id)).toMatchObject(expected);
    await eventually(async () => expect(await stockOf(subject, earlGrey)).toBe(before));
  });

  test('the same key gets the same order, first begun and then done', async () => {
    const key = newKey('later');
    const body = newOrder([lineOf(earlGrey)], { cardToken: 'tok_slow' });
    const [first, second] = [
      await begin(body, 'respond-async', key),
      await begin(body, 'respond-async', key),
    ];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.text).toBe(first.text);
    const order = await decided(JSON.parse(first.text).id);
    const third = await begin(body, 'respond-async', key);
    expect(third.headers.get('preference-applied')).toBeNull();
    expect(succeeded(placeOrder, third)).toEqual(order);
  });

  test('what cannot be priced is refused at once, and another preference waits', async () => {
    const unknown = await begin(newOrder([lineOf({ id: 'prd_9999' })]), 'respond-async');
    expect(unknown.status).toBe(422);
    const waited = await begin(newOrder([lineOf(earlGrey)]), 'return=minimal');
    expect(waited.headers.get('location')).toBeNull();
    expect(succeeded(placeOrder, waited).status).toBe('confirmed');
  });
}

function callbackUrls(subject: Subject): void {
  const refuse = (callbackUrl: string) =>
    refusal(subject, placeOrder, { body: newOrder([lineOf(genmaicha)], { callbackUrl }) });

  test.each([
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:169.254.169.254]/',
    'http://10.0.0.1/',
    'http://2852039166/',
    'http://user:secret@127.0.0.1/',
    'ftp://127.0.0.1/',
    'nonsense',
  ])('an order is refused whose callback would go to %s', async (url) => {
    const before = await stockOf(subject, genmaicha);
    expect(await refuse(url)).toMatchObject({ status: 422, code: 'CALLBACK_REFUSED' });
    expect(await stockOf(subject, genmaicha)).toBe(before);
  });

  test('a callback URL of over 2,000 characters does not fit the contract', async () => {
    const problem = await refuse(`http://127.0.0.1/${'a'.repeat(2000)}`);
    expect(problem).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    expect(problem.errors).toEqual([expect.objectContaining({ at: 'body/callbackUrl' })]);
  });
}
