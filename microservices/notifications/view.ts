// notifications/view.ts: a notification row as the contract shows it.
// Called by controller.ts.
import type { Notification } from '@lab/shared/contract/notifications.ts';
import type { NotificationRow } from './model.ts';

export const notificationView = (row: NotificationRow): Notification => ({
  id: row.id,
  customerId: row.customer_id,
  orderId: row.order_id,
  kind: row.kind,
  text: row.text,
  sentAt: row.sent_at,
});
