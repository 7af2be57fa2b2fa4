// notifications/model.ts: the notifications table; its key is the event's, so a repeat changes nothing.
// Called by controller.ts.
import type { Queries } from '@lab/shared/runtime/database.ts';

export interface NotificationRow {
  id: string;
  customer_id: string;
  order_id: string;
  kind: 'order.confirmed' | 'order.cancelled';
  text: string;
  sent_at: string;
}

/** Up to `rows` notifications older than `beforeId` ('' for the newest), newest first. */
export function findNotifications(
  db: Queries,
  customerId: string,
  beforeId: string,
  rows: number,
): Promise<NotificationRow[]> {
  return db.all<NotificationRow>(
    `SELECT id, customer_id, order_id, kind, text, sent_at FROM notifications
     WHERE customer_id = $1 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`,
    [customerId, beforeId, rows],
  );
}

/** @returns false when this event was told before */
export async function insertNotification(db: Queries, row: NotificationRow): Promise<boolean> {
  const { changes } = await db.run(
    `INSERT INTO notifications (id, customer_id, order_id, kind, text, sent_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [row.id, row.customer_id, row.order_id, row.kind, row.text, row.sent_at],
  );
  return changes === 1;
}
