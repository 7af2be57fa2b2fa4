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

/** Orders that still wait for an answer, and have asked before `before`. */
export async function findAwaited(db: Queries, before: Date): Promise<OrderRow[]> {
  const sql = "SELECT id FROM orders WHERE status = 'placed' AND payment_asked_at < $1";
  const rows = await db.all<{ id: string }>(sql, [before.toISOString()]);
  const found = await Promise.all(rows.map(({ id }) => findOrder(db, id)));
  return found.flatMap((row) => row ?? []);
}
