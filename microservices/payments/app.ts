// payments/app.ts: the payments service: one feature, its own database.
// Called by server.ts; tests build it too.
import { createService } from '@lab/chassis/service.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import type { FastifyInstance } from 'fastify';
import type { PaymentsConfig } from './config.ts';
import * as controller from './controller.ts';
import type { OrdersClient } from './orders.client.ts';
import { paymentsRoutes } from './routes.ts';

/** The database, the feature behind its fault switch, and whom it tells how it went. */
export interface Shop {
  db: Database;
  payments: typeof controller;
  orders: Pick<OrdersClient, 'settlePayment'>;
}

export function createApp(
  config: PaymentsConfig,
  { db, orders }: Pick<Shop, 'db' | 'orders'>,
  log: Logger,
): FastifyInstance {
  return createService({
    component: 'payments',
    title: 'charges and refunds.',
    config,
    log,
    controller,
    db,
    dependencies: { database: () => db.ping() },
    // GET /payments/:orderId  POST /payments  POST …/refund  POST /payment-requests
    routes: (app, payments) => paymentsRoutes(app, { db, orders, payments }),
    entry: import.meta.url,
  });
}
