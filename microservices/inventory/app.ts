// inventory/app.ts: the inventory service: one feature, its own database.
// Called by server.ts; tests build it too.
import { createService } from '@lab/chassis/service.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import type { FastifyInstance } from 'fastify';
import type { InventoryConfig } from './config.ts';
import * as controller from './controller.ts';
import { inventoryRoutes } from './routes.ts';

/** The database and the feature; its controller behind its fault switch. */
export interface Shop {
  db: Database;
  inventory: typeof controller;
}

export function createApp(config: InventoryConfig, db: Database, log: Logger): FastifyInstance {
  return createService({
    component: 'inventory',
    title: 'how much is left.',
    config,
    log,
    controller,
    db,
    dependencies: { database: () => db.ping() },
    // GET /stock/:productId  POST /reservations  POST /reservations/:orderId/return
    routes: (app, inventory) => inventoryRoutes(app, { db, inventory }),
    entry: import.meta.url,
  });
}
