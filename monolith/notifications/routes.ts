// notifications/routes.ts: notifications over HTTP.
// Mounted by app.ts.
import { listNotifications } from '@lab/shared/contract/notifications.ts';
import { Router } from 'express';
import type { Shop } from '../app.ts';
import { handle } from '../chassis/handle.ts';

export function notificationsRoutes({ db, notifications }: Shop): Router {
  return Router().get(
    '/notifications',
    handle(listNotifications, ({ query }) => notifications.listNotifications(db, query)),
  );
}
