// notifications/app.ts: the notifications service: one feature, its own database.
// Called by server.ts; tests build it too.
import { createService } from '@lab/chassis/service.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import type { FastifyInstance } from 'fastify';
import type { NotificationsConfig } from './config.ts';
import * as controller from './controller.ts';
import { notificationsRoutes } from './routes.ts';

/** The database and the feature; its controller behind its fault switch. */
export interface Shop {
  db: Database;
  notifications: typeof controller;
}

export function createApp(config: NotificationsConfig, db: Database, log: Logger): FastifyInstance {
  return createService({
    component: 'notifications',
    title: 'what customers were told.',
    config,
    log,
    controller,
    db,
    dependencies: { database: () => db.ping() },
    // GET /notifications  POST /notifications/events
    routes: (app, notifications) => notificationsRoutes(app, { db, notifications }),
    entry: import.meta.url,
  });
}
