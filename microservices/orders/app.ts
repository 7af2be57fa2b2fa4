// orders/app.ts: the orders service: the checkout, its own database, and the ways to its neighbours.
// Called by server.ts; tests build it too.
import { createService } from '@lab/chassis/service.ts';
import type { Background } from '@lab/shared/runtime/background.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import type { Callbacks } from '@lab/shared/runtime/webhooks/callbacks.ts';
import type { FastifyInstance } from 'fastify';
import type { OrdersConfig } from './config.ts';
import * as controller from './controller.ts';
import type { Neighbours } from './neighbours.ts';
import type { Outbox } from './outbox.ts';
import { ordersRoutes } from './routes.ts';
import type { Wiring } from './wiring.ts';

/** The database, the feature behind its fault switch, and what a checkout needs of others. */
export interface Shop extends Pick<Neighbours, 'catalog' | 'inventory' | 'payments'> {
  db: Database;
  orders: typeof controller;
  outbox: Pick<Outbox, 'kick'>;
  callbacks: Pick<Callbacks, 'check'>;
  background: Pick<Background, 'add'>;
  wiring: Wiring;
}

export function createApp(config: OrdersConfig, shop: Shop, log: Logger): FastifyInstance {
  return createService({
    component: 'orders',
    title: 'the checkout: price, take stock, charge, confirm.',
    config,
    log,
    controller,
    db: shop.db,
    dependencies: {
      database: () => shop.db.ping(),
      catalog: shop.catalog.ping,
      inventory: shop.inventory.ping,
      payments: shop.payments.ping,
    },
    // POST GET /orders  GET /orders/:orderId  POST /orders/:orderId/cancellation  GET PUT /coupling
    routes: (app, orders) => ordersRoutes(app, { ...shop, orders }),
    entry: import.meta.url,
  });
}
