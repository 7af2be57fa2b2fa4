// test/payments.contract.ts: what every shape does with money.
// Registered by suite.ts.
import { expect, test } from 'vitest';
import { listOrders, placeOrder } from '../contract/orders.ts';
import { getPayment, type Payment } from '../contract/payments.ts';
import { productById } from '../fixtures/products.ts';
import { ask, refusal, refused, send, succeeded } from './asking.ts';
import { howIn } from './differences.ts';
import { buy, cancel, lineOf, newKey, newOrder } from './shopping.ts';
import type { Subject } from './subject.ts';

const jasmine = productById('prd_0167');
/** So dear that a few are over the limit of tok_limit, 500 €. */
const caddy = productById('prd_0179');

export function paymentsContract(subject: Subject): void {
  const paymentOf = (orderId: string): Promise<Payment> =>
    ask(subject, getPayment, { params: { orderId } });

  test('a confirmed order was charged exactly its total', async () => {
    const order = await buy(subject, [lineOf(jasmine, 3), lineOf(caddy)]);
    const amountCents = order.totalCents;
    const payment = await paymentOf(order.id);
    expect(payment).toMatchObject({ orderId: order.id, amountCents, status: 'charged' });
    expect(amountCents).toBe(3 * jasmine.priceCents + caddy.priceCents);
  });

  test('a cancelled order was refunded, and the amount still tells how much', async () => {
    const order = await buy(subject, [lineOf(jasmine)]);
    const charged = await paymentOf(order.id);
    await cancel(subject, order);
    expect(await paymentOf(order.id)).toEqual({ ...charged, status: 'refunded' });
  });

  test.each([
    ['tok_declined', 'declined by the bank'],
    ['tok_no_funds', 'insufficient funds'],
    ['tok_expired', 'card expired'],
    ['tok_lost', 'card reported lost'],
    ['tok_nobody_knows', 'unknown card'],
  ])('the card %s is declined, with the network’s reason', async (cardToken, reason) => {
    const body = newOrder([lineOf(jasmine)], { cardToken });
    const problem = await refusal(subject, placeOrder, { body });
    expect(problem).toMatchObject({ status: 402, code: 'PAYMENT_DECLINED', reason });
  });

  test('a card pays up to its limit and not beyond', async () => {
    const card = { cardToken: 'tok_limit' };
    const most = Math.floor(50_000 / caddy.priceCents);
    const within = await buy(subject, [lineOf(caddy, most)], card);
    await cancel(subject, within);
    const body = newOrder([lineOf(caddy, most + 1)], card);
    const problem = await refusal(subject, placeOrder, { body });
    expect(problem).toMatchObject({ code: 'PAYMENT_DECLINED', reason: 'over the card limit' });
  });

  test('a declined order was never charged', async () => {
    const customerId = `cus_${newKey('declined')}`;
    const body = newOrder([lineOf(jasmine)], { customerId, cardToken: 'tok_declined' });
    const { orderId } = await refusal(subject, placeOrder, { body });
    const { items } = await ask(subject, listOrders, { query: { customerId } });
    expect(items[0]?.id).toBe(orderId);
    const answer = await send(subject, getPayment, { params: { orderId: String(orderId) } });
    if (howIn(subject, 'paymentOfRejectedOrder') === 'not found') {
      expect(refused(answer)).toMatchObject({ status: 404, code: 'NOT_FOUND', what: 'payment' });
    } else {
      expect(succeeded(getPayment, answer)).toMatchObject({ amountCents: 0, status: 'refunded' });
    }
  });

  test('an order nobody placed has no payment', async () => {
    const params = { orderId: 'ord_00000000000000000000000000' };
    const problem = await refusal(subject, getPayment, { params });
    expect(problem).toMatchObject({ status: 404, code: 'NOT_FOUND', what: 'payment' });
  });
}
