// notifications/routes.ts: notifications over HTTP.
// Mounted by app.ts.
import { listNotifications } from '@lab/shared/contract/notifications.ts';
import type { Router } from 'express';
import type { Shop } from '../app.ts';
import { handle, strictRouter } from '../chassis/handle.ts';

export function notificationsRoutes({ db, notifications }: Shop): Router {
  return strictRouter().get(
    '/notifications',
    handle(listNotifications, ({ query }) => notifications.listNotifications(db, query)),
  );
}
