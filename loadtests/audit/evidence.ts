// audit/evidence.ts: what customers were told, and what the databases say: the two sides of an audit.
// Filled by customers.ts and read-databases.ts; compared by invariants.ts.

/** One checkout of the run, as its customer saw it. */
export interface Told {
  /** The Idempotency-Key, the same at every attempt. */
  readonly key: string;
  /** `unknown`: no definite answer in the time a customer waits. */
  readonly verdict: 'confirmed' | 'rejected' | 'unknown';
  /** The problem code that rejected it, or that was answered last. */
  readonly code: string | undefined;
  readonly orderId: string | undefined;
  /** What became of the customer's wish to cancel; `asked` means that no answer was definite. */
  readonly cancellation: 'none' | 'asked' | 'acknowledged';
  readonly attempts: number;
}

/** Rows of every database of one shape, seeded past orders left out. */
export interface Evidence {
  readonly orders: readonly OrderFact[];
  readonly payments: readonly PaymentFact[];
  readonly stock: readonly StockFact[];
  readonly notices: readonly NoticeFact[];
  /** Revenue by order as the books have it; undefined where the orders are the books. */
  readonly sales: readonly SaleFact[] | undefined;
  readonly pending: Pending;
}

/** What a shop still has to do; all zero once it has settled. */
export interface Pending {
  readonly placed: number;
  readonly outbox: number;
  readonly notUndone: number;
}

export interface OrderFact {
  readonly id: string;
  readonly key: string;
  readonly status: string;
  readonly totalCents: number;
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[];
}

export interface PaymentFact {
  readonly orderId: string;
  readonly amountCents: number;
  readonly status: string;
}

/** Whole pieces. */
export interface StockFact {
  readonly productId: string;
  readonly initial: number;
  readonly available: number;
}

export interface NoticeFact {
  readonly orderId: string;
  readonly kind: string;
}

export interface SaleFact {
  readonly orderId: string;
  readonly revenueCents: number;
}

/** Whether nothing is left to do. */
export function isSettled({ placed, outbox, notUndone }: Pending): boolean {
  return placed + outbox + notUndone === 0;
}
