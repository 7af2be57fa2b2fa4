// monolith/app.ts: the whole shop in one app: six features, one database, function calls between them.
// Called by server.ts; tests build it too.
import { createControls } from '@lab/shared/chaos/controls.ts';
import { createSwitchboard } from '@lab/shared/chaos/switchboard.ts';
import { features } from '@lab/shared/contract/operation.ts';
import { publicOperations } from '@lab/shared/contract/operations.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { createFrontDoor } from '@lab/shared/runtime/front-door.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import { createMetrics } from '@lab/shared/runtime/metrics.ts';
import { topologyOfProcess } from '@lab/shared/runtime/topology.ts';
import type { Express } from 'express';
import * as catalog from './catalog/controller.ts';
import { catalogRoutes } from './catalog/routes.ts';
import { assemble } from './chassis/assemble.ts';
import type { MonolithConfig } from './config.ts';
import * as inventory from './inventory/controller.ts';
import { inventoryRoutes } from './inventory/routes.ts';
import * as notifications from './notifications/controller.ts';
import { notificationsRoutes } from './notifications/routes.ts';
import * as orders from './orders/controller.ts';
import { ordersRoutes } from './orders/routes.ts';
import * as payments from './payments/controller.ts';
import { paymentsRoutes } from './payments/routes.ts';
import * as reports from './reports/controller.ts';
import { reportsRoutes } from './reports/routes.ts';

/** The database and the features; each feature is its controller behind its fault switch. */
export type Shop = { db: Database } & typeof controllers;

const controllers = { catalog, inventory, orders, payments, notifications, reports };

export function createApp(config: MonolithConfig, db: Database, log: Logger): Express {
  const board = createSwitchboard({ components: features });
  const shop: Shop = { db, ...guarded(board) };
  const dependencies = { database: db.ping };
  return assemble({
    about: {
      component: 'monolith',
      title: 'the whole shop in one process with one database.',
      baseUrl: `http://${config.HOST}:${config.PORT}`,
      operations: publicOperations,
      dependencies,
      topology: topologyOfProcess('monolith', 'monolith', features, dependencies),
      metrics: createMetrics(),
      assets: new URL('./swagger-ui/', import.meta.url),
    },
    controls: createControls(board, {
      on: config.LAB_CHAOS,
      instructorKey: config.INSTRUCTOR_KEY,
    }),
    door: createFrontDoor({
      customerKeys: config.CUSTOMER_KEYS,
      instructorKey: config.INSTRUCTOR_KEY,
      rateLimitRps: config.RATE_LIMIT_RPS,
    }),
    log,
    bodyLimitBytes: config.BODY_LIMIT_BYTES,
    routers: [
      catalogRoutes(shop), //       GET /products  GET /products/:productId
      inventoryRoutes(shop), //     GET /stock/:productId
      ordersRoutes(shop), //        POST GET /orders  GET /orders/:orderId  POST …/cancellation
      paymentsRoutes(shop), //      GET /payments/:orderId
      notificationsRoutes(shop), // GET /notifications
      reportsRoutes(shop), //       GET /reports/revenue  GET /reports/top-products
    ],
  });
}

/** Stock and charge follow checkStock and authorise in the same checkout: docs/decisions/0012 */
function guarded(board: ReturnType<typeof createSwitchboard>): typeof controllers {
  return {
    catalog: board.around('catalog', catalog),
    inventory: board.around('inventory', inventory, ['takeStock']),
    orders: board.around('orders', orders),
    payments: board.around('payments', payments, ['charge']),
    notifications: board.around('notifications', notifications),
    reports: board.around('reports', reports),
  };
}
