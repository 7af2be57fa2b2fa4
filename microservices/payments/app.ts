// payments/app.ts: the payments service: one feature, its own database.
// Called by server.ts; tests build it too.
import { createService } from '@lab/chassis/service.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import type { FastifyInstance } from 'fastify';
import type { PaymentsConfig } from './config.ts';
import * as controller from './controller.ts';
import { paymentsRoutes } from './routes.ts';

/** The database and the feature; its controller behind its fault switch. */
export interface Shop {
  db: Database;
  payments: typeof controller;
}

export function createApp(config: PaymentsConfig, db: Database, log: Logger): FastifyInstance {
  return createService({
    component: 'payments',
    title: 'charges and refunds.',
    config,
    log,
    controller,
    db,
    dependencies: { database: () => db.ping() },
    // GET /payments/:orderId  POST /payments  POST /payments/:orderId/refund
    routes: (app, payments) => paymentsRoutes(app, { db, payments }),
    entry: import.meta.url,
  });
}
