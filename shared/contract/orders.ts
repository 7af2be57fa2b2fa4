// contract/orders.ts: the order, the story every experiment tells.
// Used by the orders feature, by events, and by everything that checks an order.
import { type Static, Type } from 'typebox';
import { Category } from './catalog.ts';
import { StockLine } from './inventory.ts';
import { operation } from './operation.ts';
import * as p from './primitives.ts';
import { Problem } from './problem.ts';

export const orderStatuses = ['placed', 'confirmed', 'rejected', 'cancelled'] as const;
export const OrderStatus = p.word(orderStatuses);
export type OrderStatus = (typeof orderStatuses)[number];

export const NewOrder = p.strict({
  customerId: p.CustomerId,
  lines: Type.Array(StockLine, { minItems: 1, maxItems: p.MAX_LINES }),
  cardToken: Type.String({ pattern: '^tok_[a-z_]{1,40}$', examples: ['tok_visa'] }),
  /** Called when the order is confirmed or rejected; where it may lead, the shop decides. */
  callbackUrl: Type.Optional(
    Type.String({ minLength: 1, maxLength: 2000, examples: ['http://127.0.0.1:9000/orders'] }),
  ),
});
export type NewOrder = Static<typeof NewOrder>;

export const OrderLine = p.strict({
  productId: p.ProductId,
  name: Type.String(),
  category: Category,
  quantity: p.Quantity,
  unitPriceCents: p.Cents,
  totalCents: p.Cents,
});
export type OrderLine = Static<typeof OrderLine>;

export const Order = p.strict({
  id: p.OrderId,
  customerId: p.CustomerId,
  status: OrderStatus,
  lines: Type.Array(OrderLine),
  totalCents: p.Cents,
  placedAt: p.Instant,
  /** The problem code that rejected it (OUT_OF_STOCK, PAYMENT_DECLINED, …), else null. */
  rejection: p.nullable(Type.String()),
});
export type Order = Static<typeof Order>;

export const OrderPage = p.pageOf(Order);
export const OrderQuery = p.strict({ customerId: p.CustomerId, ...p.pageQuery });
export type OrderQuery = Static<typeof OrderQuery>;

export const placeOrder = operation({
  id: 'placeOrder',
  summary: 'Check out: price, take stock, charge, confirm',
  feature: 'orders',
  access: 'customer',
  method: 'POST',
  path: '/orders',
  idempotent: true,
  body: NewOrder,
  status: 201,
  answer: Order,
  later: ({ id, status }: Order) => (status === 'placed' ? `/orders/${id}` : undefined),
});

export const getOrder = operation({
  id: 'getOrder',
  summary: 'One order by id',
  feature: 'orders',
  access: 'customer',
  method: 'GET',
  path: '/orders/:orderId',
  params: p.OrderPath,
  status: 200,
  answer: Order,
});

export const listOrders = operation({
  id: 'listOrders',
  summary: 'The orders of a customer, newest first',
  feature: 'orders',
  access: 'customer',
  method: 'GET',
  path: '/orders',
  query: OrderQuery,
  status: 200,
  answer: OrderPage,
});

export const cancelOrder = operation({
  id: 'cancelOrder',
  summary: 'Cancel a confirmed order: stock and money go back; repeatable',
  feature: 'orders',
  access: 'customer',
  method: 'POST',
  path: '/orders/:orderId/cancellation',
  params: p.OrderPath,
  status: 200,
  answer: Order,
});

/** How it went with a payment that was asked for through a queue. */
export const PaymentOutcome = p.strict({ refusal: p.nullable(Problem) });
export type PaymentOutcome = Static<typeof PaymentOutcome>;

export const settlePayment = operation({
  id: 'settlePayment',
  summary: 'Confirm an order that was paid for, or reject it; repeatable',
  feature: 'orders',
  access: 'internal',
  method: 'POST',
  path: '/orders/:orderId/payment-outcome',
  params: p.OrderPath,
  body: PaymentOutcome,
  status: 200,
  answer: Order,
});
