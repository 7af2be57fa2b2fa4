// payments/controller.test.ts: charges and refunds, on an empty database.
// Run by vitest; its twin has the same tests, save what follows the last DIFFERS.
import type { NewPayment } from '@lab/shared/contract/payments.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import * as payments from './controller.ts';

const orderId = 'ord_alice1';
const teapotByVisa: NewPayment = { orderId, amountCents: 14_900, cardToken: 'tok_visa' };

let db: Database;
beforeEach(async () => {
  db = await emptyDatabase(import.meta.url);
});

// DIFFERS: asking and booking are one call of another process, docs/decisions/0006
const pay = (payment: NewPayment, idempotencyKey?: string) =>
  payments.charge(db, payment, { requestId: 'test', traceparent: undefined, idempotencyKey });

test('a charge is kept with its amount and time', async () => {
  const earliest = new Date().toISOString();
  await pay(teapotByVisa);
  const payment = await payments.getPayment(db, orderId);
  expect(payment).toMatchObject({ orderId, amountCents: 14_900, status: 'charged' });
  expect(payment.chargedAt >= earliest).toBe(true);
  expect(payment.chargedAt <= new Date().toISOString()).toBe(true);
});

test('a card that is declined is charged nothing, and the reason is told', async () => {
  const declined = pay({ ...teapotByVisa, cardToken: 'tok_no_funds' });
  await expect(declined).rejects.toMatchObject({
    status: 402,
    code: 'PAYMENT_DECLINED',
    values: { orderId, reason: 'insufficient funds' },
  });
  await expect(payments.getPayment(db, orderId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a card is asked for the amount of the order', async () => {
  const limit = (amountCents: number) =>
    payments.authorise({ orderId, amountCents, cardToken: 'tok_limit' });
  await limit(50_000);
  await expect(limit(50_001)).rejects.toMatchObject({
    values: { orderId, reason: 'over the card limit' },
  });
});

test('a refund keeps the amount and says that it went back', async () => {
  await pay(teapotByVisa);
  await payments.refund(db, orderId);
  expect(await payments.getPayment(db, orderId)).toMatchObject({
    orderId,
    amountCents: 14_900,
    status: 'refunded',
  });
});

test('the payment of an order that has none is not found', async () => {
  await expect(payments.getPayment(db, 'ord_nobody')).rejects.toMatchObject({
    status: 404,
    values: { what: 'payment', id: 'ord_nobody' },
  });
});

// DIFFERS: callers repeat what they got no answer to, docs/decisions/0006
test('a repeated charge charges once and answers alike', async () => {
  const first = await pay(teapotByVisa, 'once');
  expect(await pay(teapotByVisa, 'once')).toEqual(first);
  expect(await db.all('SELECT amount_cents FROM payments')).toEqual([{ amount_cents: 14_900 }]);
});

test('twins that arrive together charge once and answer alike', async () => {
  const twins = await Promise.all([pay(teapotByVisa), pay(teapotByVisa), pay(teapotByVisa)]);
  expect(twins[1]).toEqual(twins[0]);
  expect(twins[2]).toEqual(twins[0]);
});

test('the same key with another body is refused, and the first charge stays', async () => {
  await pay(teapotByVisa, 'once');
  for (const other of [{ amountCents: 1 }, { orderId: 'ord_bob1' }, { cardToken: 'tok_lost' }]) {
    const refused = pay({ ...teapotByVisa, ...other }, 'once');
    await expect(refused).rejects.toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  }
  expect(await payments.getPayment(db, orderId)).toMatchObject({ amountCents: 14_900 });
});

test('another key does not charge the same order again', async () => {
  const first = await pay(teapotByVisa, 'once');
  expect(await pay(teapotByVisa, 'twice')).toEqual(first);
});

test('a declined card may be followed by another one', async () => {
  const declined = pay({ ...teapotByVisa, cardToken: 'tok_lost' }, 'once');
  await expect(declined).rejects.toMatchObject({ code: 'PAYMENT_DECLINED' });
  expect(await pay(teapotByVisa, 'once')).toMatchObject({ status: 'charged' });
});

test('an order that was called off before it was charged never is', async () => {
  const calledOff = await payments.refund(db, orderId);
  expect(calledOff).toMatchObject({ orderId, amountCents: 0, status: 'refunded' });
  expect(await payments.refund(db, orderId)).toEqual(calledOff);
  for (const key of [undefined, orderId, 'late']) {
    const late = pay(teapotByVisa, key);
    await expect(late).rejects.toMatchObject({ status: 409, code: 'PAYMENT_CALLED_OFF' });
  }
});

test('a charge repeated after its refund charges nothing again', async () => {
  const first = await pay(teapotByVisa);
  await payments.refund(db, orderId);
  expect(await pay(teapotByVisa)).toEqual(first);
  expect(await payments.getPayment(db, orderId)).toMatchObject({ status: 'refunded' });
});

describe('a payment that is asked for through a queue', () => {
  const call = { requestId: 'test', traceparent: undefined, idempotencyKey: undefined };
  const outcomes: unknown[] = [];
  const settlePayment = async (_orderId: string, outcome: unknown) => {
    outcomes.push(outcome);
    return {} as never;
  };
  const request = (data: NewPayment, orders = { settlePayment }) => {
    const time = '2026-11-28T09:30:00.000Z';
    const event = { id: 'evt_1', type: 'payment.requested', time, data } as const;
    return payments.requestPayment({ db, orders }, event, call);
  };

  test('is charged once and told each time', async () => {
    outcomes.length = 0;
    await request(teapotByVisa);
    await request(teapotByVisa);
    expect(outcomes).toEqual([{ refusal: null }, { refusal: null }]);
    expect((await payments.getPayment(db, orderId)).status).toBe('charged');
  });

  test('is told when the card is declined, or the order was called off before', async () => {
    outcomes.length = 0;
    await request({ ...teapotByVisa, cardToken: 'tok_declined' });
    await payments.refund(db, orderId);
    await request(teapotByVisa);
    expect(outcomes).toMatchObject([
      { refusal: { code: 'PAYMENT_DECLINED', status: 402 } },
      { refusal: { code: 'PAYMENT_CALLED_OFF', status: 409 } },
    ]);
  });

  test('comes again when the order could not be told', async () => {
    const down = { settlePayment: () => Promise.reject(new Error('nobody answers')) };
    await expect(request(teapotByVisa, down)).rejects.toThrow('nobody answers');
  });
});
