// contract/payments.ts: one payment an order.
// Charging and refunding are internal operations: the order saga calls them.
import { type Static, Type } from 'typebox';
import { operation } from './operation.ts';
import { Cents, Instant, OrderId, OrderPath, strict, word } from './primitives.ts';

export const Payment = strict({
  orderId: OrderId,
  amountCents: Cents,
  /** `refunded` also stands for a charge that was called off before it happened (amount 0). */
  status: word(['charged', 'refunded']),
  chargedAt: Instant,
});
export type Payment = Static<typeof Payment>;

export const NewPayment = strict({
  orderId: OrderId,
  amountCents: Cents,
  cardToken: Type.String({ pattern: '^tok_[a-z_]{1,40}$' }),
});
export type NewPayment = Static<typeof NewPayment>;

/** That a card is to be charged, for a queue; field names as in CloudEvents 1.0. At least once. */
export const PaymentRequest = strict({
  id: Type.String({ pattern: '^evt_[0-9A-Za-z]{1,40}$' }),
  type: Type.Literal('payment.requested'),
  time: Instant,
  data: NewPayment,
});
export type PaymentRequest = Static<typeof PaymentRequest>;

export const getPayment = operation({
  id: 'getPayment',
  summary: 'The payment of an order',
  feature: 'payments',
  access: 'customer',
  method: 'GET',
  path: '/payments/:orderId',
  params: OrderPath,
  status: 200,
  answer: Payment,
});

export const charge = operation({
  id: 'charge',
  summary: 'Charge the card for an order, once',
  feature: 'payments',
  access: 'internal',
  method: 'POST',
  path: '/payments',
  idempotent: true,
  body: NewPayment,
  status: 201,
  answer: Payment,
});

export const requestPayment = operation({
  id: 'requestPayment',
  summary: 'Charge the card for an order, once, and tell the order how it went',
  feature: 'payments',
  access: 'internal',
  method: 'POST',
  path: '/payment-requests',
  body: PaymentRequest,
  status: 200,
  answer: strict({ accepted: Type.Boolean() }),
});

export const refund = operation({
  id: 'refund',
  summary: 'Give the money of an order back, and refuse to charge it later; repeatable',
  feature: 'payments',
  access: 'internal',
  method: 'POST',
  path: '/payments/:orderId/refund',
  params: OrderPath,
  status: 200,
  answer: Payment,
});
