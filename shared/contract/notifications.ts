// contract/notifications.ts: what the customer was told, and the events that make it so.
// Events travel from the orders service's outbox to notifications and reports.
import { type Static, Type } from 'typebox';
import { operation } from './operation.ts';
import { Order } from './orders.ts';
import { CustomerId, Instant, OrderId, pageOf, pageQuery, strict, word } from './primitives.ts';

export const Notification = strict({
  id: Type.String(),
  customerId: CustomerId,
  orderId: OrderId,
  kind: word(['order.confirmed', 'order.cancelled']),
  text: Type.String(),
  sentAt: Instant,
});
export type Notification = Static<typeof Notification>;

export const NotificationPage = pageOf(Notification);
export const NotificationQuery = strict({ customerId: CustomerId, ...pageQuery });
export type NotificationQuery = Static<typeof NotificationQuery>;

/** What happened to an order; field names as in CloudEvents 1.0. Delivered at least once. */
export const OrderEvent = strict({
  id: Type.String({ pattern: '^evt_[0-9A-Za-z]{1,40}$' }),
  type: word(['order.confirmed', 'order.cancelled']),
  time: Instant,
  data: Order,
});
export type OrderEvent = Static<typeof OrderEvent>;

export const Receipt = strict({ accepted: Type.Boolean() });

export const listNotifications = operation({
  id: 'listNotifications',
  summary: 'What a customer was told, newest first',
  feature: 'notifications',
  access: 'customer',
  method: 'GET',
  path: '/notifications',
  query: NotificationQuery,
  status: 200,
  answer: NotificationPage,
});

export const tellCustomer = operation({
  id: 'tellCustomer',
  summary: 'Tell the customer what happened to an order; a repeated event is ignored',
  feature: 'notifications',
  access: 'internal',
  path: '/notifications/events',
  answer: Receipt,
  method: 'POST',
  body: OrderEvent,
  status: 200,
});
