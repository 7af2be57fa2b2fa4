// scenarios/known-orders.ts: what this run has learnt from confirmed orders, the newest few of it.
// Filled by the checkout's answers; asked by the requests that need an order which exists.

export interface KnownOrder {
  readonly id: string;
  readonly customerId: string;
  readonly totalCents: number;
  /** On the targeter's clock. */
  readonly confirmedAtMs: number;
}

export interface KnownOrders {
  remember(order: KnownOrder): void;
  /** One of the newest orders; `random` gives numbers in [0, 1). Undefined while there is none. */
  pick(random: () => number): KnownOrder | undefined;
  /** When the customer's first order of this run was confirmed, if any was. */
  firstConfirmedAtMs(customerId: string): number | undefined;
}

/** Holds at most `capacity` orders, so an hour of checkouts costs no memory. */
export function createKnownOrders(capacity = 64): KnownOrders {
  const ring: KnownOrder[] = [];
  const firsts = new Map<string, number>();
  let count = 0;
  return {
    remember(order) {
      ring[count % capacity] = order;
      count += 1;
      if (!firsts.has(order.customerId)) firsts.set(order.customerId, order.confirmedAtMs);
    },
    pick: (random) => ring[Math.floor(random() * ring.length)],
    firstConfirmedAtMs: (customerId) => firsts.get(customerId),
  };
}
