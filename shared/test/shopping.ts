// test/shopping.ts: the few things a test does in a shop: order, cancel, look at the shelf.
// Used by *.contract.ts and the tests of faults.
import { expect } from 'vitest';
import { getStock, type StockLine } from '../contract/inventory.ts';
import { cancelOrder, type NewOrder, type Order, placeOrder } from '../contract/orders.ts';
import { alice } from '../fixtures/customers.ts';
import { ask, type Extras } from './asking.ts';
import type { Subject } from './subject.ts';

type Door = Pick<Subject, 'baseUrl' | 'customerKey'>;

/** An order of Alice's that every shape accepts, with `changes`. */
export const newOrder = (
  lines: readonly StockLine[],
  changes: Partial<NewOrder> = {},
): NewOrder => ({ customerId: alice.id, lines: [...lines], cardToken: 'tok_visa', ...changes });

/** `quantity` pieces of a product, 1 unless given. */
export const lineOf = ({ id }: { id: string }, quantity = 1): StockLine => ({
  productId: id,
  quantity,
});

/** Places an order that must be confirmed. */
export async function buy(
  door: Door,
  lines: readonly StockLine[],
  changes: Partial<NewOrder> = {},
  extras: Extras = {},
): Promise<Order> {
  const order = await ask(door, placeOrder, { body: newOrder(lines, changes) }, extras);
  expect(order).toMatchObject({ status: 'confirmed', rejection: null });
  return order;
}

export const cancel = (door: Door, { id: orderId }: Pick<Order, 'id'>): Promise<Order> =>
  ask(door, cancelOrder, { params: { orderId } });

/** How many pieces are on the shelf. */
export async function stockOf(door: Door, { id: productId }: { id: string }): Promise<number> {
  return (await ask(door, getStock, { params: { productId } }, { key: null })).available;
}

let count = 0;

/** A key nobody has used, in this run or an earlier one against the same shop. */
export function newKey(name: string): string {
  count += 1;
  return `${name}-${process.pid}-${Date.now()}-${count}`;
}
