// notifications/controller.ts: what customers are told about their orders.
// Sending is simulated: a message is a row that listNotifications shows.
import type {
  Notification,
  NotificationQuery,
  OrderEvent,
} from '@lab/shared/contract/notifications.ts';
import { type Page, pageThrough } from '@lab/shared/domain/page.ts';
import type { Queries } from '@lab/shared/runtime/database.ts';
import * as model from './model.ts';
import { notificationView } from './view.ts';

/** What a customer was told, newest first. */
export async function listNotifications(
  db: Queries,
  query: NotificationQuery,
): Promise<Page<Notification>> {
  return pageThrough(query, async (before, rows) =>
    (await model.findNotifications(db, query.customerId, before, rows)).map(notificationView),
  );
}

/** Tells the customer what happened to an order, once an event. */
export async function tellCustomer(db: Queries, event: OrderEvent): Promise<{ accepted: boolean }> {
  const { id, customerId, totalCents } = event.data;
  const euros = (totalCents / 100).toFixed(2);
  const text =
    event.type === 'order.confirmed'
      ? `Thank you: your order over ${euros} EUR is confirmed.`
      : `Your order over ${euros} EUR is cancelled, the money is on its way back.`;
  const accepted = await model.insertNotification(db, {
    id: event.id.replace('evt_', 'ntf_'),
    customer_id: customerId,
    order_id: id,
    kind: event.type,
    text,
    sent_at: event.time,
  });
  return { accepted };
}
