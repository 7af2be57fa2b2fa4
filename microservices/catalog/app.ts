// catalog/app.ts: the catalog service: one feature, its own database.
// Called by server.ts; tests build it too.
import { createService } from '@lab/chassis/service.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import type { FastifyInstance } from 'fastify';
import type { CatalogConfig } from './config.ts';
import * as controller from './controller.ts';
import { catalogRoutes } from './routes.ts';

/** The database and the feature; its controller behind its fault switch. */
export interface Shop {
  db: Database;
  catalog: typeof controller;
}

export function createApp(config: CatalogConfig, db: Database, log: Logger): FastifyInstance {
  return createService({
    component: 'catalog',
    title: 'what the shop sells.',
    config,
    log,
    controller,
    db,
    dependencies: { database: () => db.ping() },
    // GET /products  GET /products/:productId  GET /prices
    routes: (app, catalog) => catalogRoutes(app, { db, catalog }),
    entry: import.meta.url,
  });
}
