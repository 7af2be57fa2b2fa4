// orders/outbox.model.ts: the table outbox: what others are to be told, and were not yet.
// Filled by controller.ts in the transaction that makes it true; emptied by outbox.ts.
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { PaymentRequest } from '@lab/shared/contract/payments.ts';
import type { Queries } from '@lab/shared/runtime/database.ts';
import { placeholders, tuples } from '@lab/shared/runtime/sql.ts';

/** Who follows orders. Each has its own row an event, so that one that is down delays nobody else. */
export const followers = ['notifications', 'reports'] as const;
export type Follower = (typeof followers)[number];
export type Recipient = Follower | 'payments';
export type OutboxEvent = OrderEvent | PaymentRequest;

/** Stores the event in the transaction that made it true. */
export async function insertEvent(tx: Queries, event: OrderEvent): Promise<void> {
  const rows = followers.flatMap((follower) => [event.id, follower, JSON.stringify(event)]);
  await tx.run(
    `INSERT INTO outbox (event_id, follower, event) VALUES ${tuples(followers.length, 3)}`,
    rows,
  );
}

/** The oldest events that `follower` has not confirmed, oldest first. */
export async function findEvents(db: Queries, follower: Recipient): Promise<OutboxEvent[]> {
  const rows = await db.all<{ event: string }>(
    'SELECT event FROM outbox WHERE follower = $1 ORDER BY event_id LIMIT 50',
    [follower],
  );
  return rows.map(({ event }) => JSON.parse(event));
}

export async function deleteEvents(
  db: Queries,
  follower: Recipient,
  events: readonly OutboxEvent[],
): Promise<void> {
  const ids = placeholders(events.length, 2);
  const values = [follower, ...events.map(({ id }) => id)];
  await db.run(`DELETE FROM outbox WHERE follower = $1 AND event_id IN (${ids})`, values);
}
