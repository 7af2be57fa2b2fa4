// notifications/routes.ts: notifications over HTTP.
// Mounted by app.ts.
import { handle } from '@lab/chassis/handle.ts';
import { listNotifications, tellCustomer } from '@lab/shared/contract/notifications.ts';
import type { FastifyInstance } from 'fastify';
import type { Shop } from './app.ts';

export function notificationsRoutes(app: FastifyInstance, { db, notifications }: Shop): void {
  app.get(
    '/notifications',
    handle(listNotifications, ({ query }) => notifications.listNotifications(db, query)),
  );
  // DIFFERS: a function call in the monolith is an event here, docs/decisions/0009
  app.post(
    '/notifications/events',
    handle(tellCustomer, ({ body }) => notifications.tellCustomer(db, body)),
  );
}
