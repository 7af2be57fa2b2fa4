// runtime/seed.ts: the past that an empty shop is given, the same in every shape started on one day.
// Called by each server.ts that keeps orders, payments or sales.
import type { Order } from '../contract/orders.ts';
import { pastOrders } from '../fixtures/past-orders.ts';

const SEED = 2010;

/** `count` past orders up to midnight (UTC) of the day that `now` is in, made one at a time. */
export function pastOrdersOfToday(count: number, now = new Date()): Generator<Order> {
  const before = `${now.toISOString().slice(0, 10)}T00:00:00.000Z`;
  return pastOrders({ seed: SEED, count, before });
}
