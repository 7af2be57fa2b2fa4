// orders/awaited.model.ts: orders whose payment was asked for through a queue.
// Called by controller.ts.
import type { PaymentRequest } from '@lab/shared/contract/payments.ts';
import { problem } from '@lab/shared/domain/problems.ts';
import type { Queries } from '@lab/shared/runtime/database.ts';
import { findOrder, type OrderRow } from './model.ts';

/**
 * Stores the request in the transaction from which on the order waits for its answer.
 * @throws INTERRUPTED (503) when somebody else has called the order off
 */
export async function insertRequest(tx: Queries, request: PaymentRequest): Promise<void> {
  const { orderId } = request.data;
  const { changes } = await tx.run(
    "UPDATE orders SET payment_asked_at = $2 WHERE id = $1 AND status = 'placed'",
    [orderId, request.time],
  );
  if (changes === 0) throw problem('interrupted', `${orderId} was called off meanwhile.`);
  await tx.run("INSERT INTO outbox (event_id, follower, event) VALUES ($1, 'payments', $2)", [
    request.id,
    JSON.stringify(request),
  ]);
}

/** How long a payment may be on its way through a queue. */
const LONGEST_MS = 300_000;

/** Orders that have waited for an answer for so long that they are to be called off. */
export async function findGivenUp(db: Queries, now: Date): Promise<OrderRow[]> {
  const before = new Date(now.getTime() - LONGEST_MS);
  const sql = "SELECT id FROM orders WHERE status = 'placed' AND payment_asked_at < $1";
  const rows = await db.all<{ id: string }>(sql, [before.toISOString()]);
  const found = await Promise.all(rows.map(({ id }) => findOrder(db, id)));
  return found.flatMap((row) => row ?? []);
}
