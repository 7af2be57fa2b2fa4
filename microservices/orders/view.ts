// orders/view.ts: an order row as the contract shows it, as an event, and as the answer to a repeat.
// Called by controller.ts.
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { NewOrder, Order, OrderLine } from '@lab/shared/contract/orders.ts';
import type { NewPayment, PaymentRequest } from '@lab/shared/contract/payments.ts';
import { fingerprint } from '@lab/shared/domain/fingerprint.ts';
import { Problem, problem } from '@lab/shared/domain/problems.ts';
import { type Call, newId } from '@lab/shared/runtime/call.ts';
import type { OrderRow, Ticket } from './model.ts';

export const orderView = (row: OrderRow): Order => ({
  id: row.id,
  customerId: row.customer_id,
  status: row.status,
  lines: row.lines.map(
    (line): OrderLine => ({
      productId: line.product_id,
      name: line.name,
      category: line.category as OrderLine['category'],
      quantity: line.quantity,
      unitPriceCents: line.unit_price_cents,
      totalCents: line.quantity * line.unit_price_cents,
    }),
  ),
  totalCents: row.total_cents,
  placedAt: row.placed_at,
  rejection: row.problem === null ? null : JSON.parse(row.problem).code,
});

/** What happened to the order just now, for those who follow it. */
export const eventOf = (order: Order): OrderEvent => ({
  id: newId('evt'),
  type: order.status === 'cancelled' ? 'order.cancelled' : 'order.confirmed',
  time: new Date().toISOString(),
  data: order,
});

// DIFFERS: a charge may be asked for through a queue, docs/decisions/0034
/** That the card of an order is to be charged. */
export const requestOf = (payment: NewPayment): PaymentRequest => ({
  id: newId('evt'),
  type: 'payment.requested',
  time: new Date().toISOString(),
  data: payment,
});

/** What a callback says, the same at every attempt: how the order was decided, whatever came after. */
export function callbackOf(row: OrderRow): string {
  const status = row.problem === null ? 'confirmed' : 'rejected';
  return JSON.stringify({ type: `order.${status}`, data: orderView({ ...row, status }) });
}

/** How a repeat is recognised: by the caller's key, and by what the body means. */
export const ticketOf = (input: NewOrder, { idempotencyKey }: Call): Ticket => ({
  key: idempotencyKey ?? newId('key'),
  fingerprint: fingerprint(input),
  callbackUrl: input.callbackUrl,
});

/**
 * The answer that the first request with this key got.
 * @throws IDEMPOTENCY_KEY_REUSED (422), ORDER_IN_PROGRESS (409), or the first answer's problem
 */
export function answerAgain(row: OrderRow, ticket: Ticket, { respondAsync }: Call): Order {
  if (row.fingerprint !== ticket.fingerprint) {
    throw problem('idempotencyKeyReused', 'That Idempotency-Key came with another body.');
  }
  if (row.status === 'placed' && respondAsync) return orderView(row);
  if (row.status === 'placed') {
    throw problem('orderInProgress', 'Ask again in a moment.', { orderId: row.id });
  }
  if (row.problem !== null) throw Problem.from(JSON.parse(row.problem));
  return orderView({ ...row, status: 'confirmed' });
}
