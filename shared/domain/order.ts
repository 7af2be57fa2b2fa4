// domain/order.ts: pricing an order and the states it may pass through.
// The orders feature of every shape calls this; nothing else decides what an order costs.
import type { Product } from '../contract/catalog.ts';
import type { NewOrder, Order, OrderLine, OrderStatus } from '../contract/orders.ts';
import { problem } from './problems.ts';

/**
 * Where an order may go from each state; an empty list is a final state.
 * A cancellation undoes a sale, so only a confirmed order has anything to cancel.
 */
export const transitions: Record<OrderStatus, readonly OrderStatus[]> = {
  placed: ['confirmed', 'rejected'],
  confirmed: ['cancelled'],
  rejected: [],
  cancelled: [],
};

/** Whether the table allows the move. Staying where one is, is not a move. */
export function canBecome(from: OrderStatus, to: OrderStatus): boolean {
  return transitions[from].includes(to);
}

/**
 * An order in the state `placed`, each line priced from `products`; nothing is stored or taken.
 * @param draft.products at least the products of the lines; more are ignored
 * @param draft.placedAt ISO 8601 in UTC, as the caller's clock says
 * @returns prices in whole euro cents; the lines keep the customer's order
 * @throws Problem DUPLICATE_PRODUCT (422) naming the first product met a second time
 * @throws Problem UNKNOWN_PRODUCT (422) naming the first product that has no price
 */
export function draftOrder(draft: {
  id: string;
  input: NewOrder;
  products: readonly Product[];
  placedAt: string;
}): Order {
  // Before pricing, so that the answer does not depend on what the catalog sells today.
  refuseDuplicates(draft.input.lines);
  const lines = priceLines(draft.input.lines, draft.products);
  return {
    id: draft.id,
    customerId: draft.input.customerId,
    status: 'placed',
    lines,
    totalCents: lines.reduce((sum, line) => sum + line.totalCents, 0),
    placedAt: draft.placedAt,
    rejection: null,
  };
}

/**
 * A copy of the order in its next state; the given order is untouched.
 * @param rejection the problem code that rejected it; left out for the other states
 * @throws Problem ORDER_NOT_CANCELLABLE (409) with orderId and orderStatus: the customer asked too late
 * @throws Error for any other impossible move: no request can cause one, so it is a bug of ours
 */
export function becomes(order: Order, to: OrderStatus, rejection?: string): Order {
  if (canBecome(order.status, to)) return { ...order, status: to, rejection: rejection ?? null };
  const { id: orderId, status } = order;
  if (to !== 'cancelled') throw new Error(`${orderId} is ${status} and can never become ${to}.`);
  throw problem('orderNotCancellable', `${orderId} is ${status}, which cannot be cancelled.`, {
    orderId,
    orderStatus: status,
  });
}

function refuseDuplicates(lines: NewOrder['lines']): void {
  const seen = new Set<string>();
  for (const { productId } of lines) {
    if (seen.has(productId))
      throw problem('duplicateProduct', `${productId} is on two lines.`, { productId });
    seen.add(productId);
  }
}

function priceLines(lines: NewOrder['lines'], products: readonly Product[]): OrderLine[] {
  const sold = new Map(products.map((product) => [product.id, product]));
  return lines.map(({ productId, quantity }) => {
    const product = sold.get(productId);
    if (!product) throw problem('unknownProduct', `${productId} is not sold here.`, { productId });
    const { name, category, priceCents: unitPriceCents } = product;
    const totalCents = unitPriceCents * quantity;
    return { productId, name, category, quantity, unitPriceCents, totalCents };
  });
}
