// payments/controller.test.ts: charges and refunds, on an empty database.
// Run by vitest; its twin has the same tests, save what follows the last DIFFERS.
import type { NewPayment } from '@lab/shared/contract/payments.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { beforeEach, expect, test } from 'vitest';
import * as payments from './controller.ts';

const orderId = 'ord_alice1';
const teapotByVisa: NewPayment = { orderId, amountCents: 14_900, cardToken: 'tok_visa' };

// DIFFERS: a payment is a row that belongs to an order's row, docs/decisions/0006
let db: Database;
beforeEach(async () => {
  db = await emptyDatabase(import.meta.url);
  await db.run(
    `INSERT INTO orders
       (id, customer_id, status, total_cents, placed_at, idempotency_key, fingerprint)
     VALUES ($1, 'cus_alice', 'placed', 14900, '2026-11-22T09:30:00.000Z', 'once', '')`,
    [orderId],
  );
});

// DIFFERS: the card is asked before the transaction that books, docs/decisions/0006
async function pay(payment: NewPayment): Promise<void> {
  await payments.authorise(payment);
  await db.transaction((tx) => payments.charge(tx, payment));
}

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

// DIFFERS: a second charge is a bug here, and the database stops it, docs/decisions/0006
test('an order cannot be charged twice', async () => {
  await pay(teapotByVisa);
  await expect(pay(teapotByVisa)).rejects.toMatchObject({ key: 'payments.order_id' });
});
