// monolith/app.ts: the whole shop in one app: six features, one database, function calls between them.
// Called by server.ts; tests build it too.
import { createControls } from '@lab/shared/chaos/controls.ts';
import { createSwitchboard } from '@lab/shared/chaos/switchboard.ts';
import { features } from '@lab/shared/contract/operation.ts';
import { publicOperations } from '@lab/shared/contract/operations.ts';
import type { Background } from '@lab/shared/runtime/background.ts';
import { publicUrl } from '@lab/shared/runtime/config.ts';
import { createCors } from '@lab/shared/runtime/cors.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { createFrontDoor } from '@lab/shared/runtime/front-door.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import { createMetrics } from '@lab/shared/runtime/metrics.ts';
import { topologyOfProcess } from '@lab/shared/runtime/topology.ts';
import type { Callbacks } from '@lab/shared/runtime/webhooks/callbacks.ts';
import type { Express } from 'express';
import * as catalog from './catalog/controller.ts';
import { catalogRoutes } from './catalog/routes.ts';
import { assemble } from './chassis/assemble.ts';
import type { Placement } from './chassis/placement.ts';
import { controlsOfAll } from './chassis/worker-controls.ts';
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
export type Shop = Base & typeof controllers;

/** What the features stand on, made by server.ts. */
export interface Base {
  db: Database;
  callbacks: Pick<Callbacks, 'check'>;
  background: Pick<Background, 'add'>;
}

/** With where reports are read. */
type Placed = Base & Pick<Placement, 'books'>;

const controllers = { catalog, inventory, orders, payments, notifications, reports };

export function createApp(config: MonolithConfig, base: Placed, log: Logger): Express {
  const { db } = base;
  const board = createSwitchboard({ components: features, database: db.faults });
  const shop: Shop = { ...base, ...guarded(board) };
  const dependencies = { database: db.ping };
  return assemble({
    about: {
      component: 'monolith',
      title: 'the whole shop in one process with one database.',
      baseUrl: publicUrl(config),
      operations: publicOperations,
      dependencies,
      topology: topologyOfProcess('monolith', 'monolith', features, dependencies),
      metrics: createMetrics(),
      shop: new URL('./shop/', import.meta.url),
      assets: new URL('./swagger-ui/', import.meta.url),
    },
    controls: controlsOfAll(
      createControls(board, { on: config.LAB_CHAOS, instructorKey: config.INSTRUCTOR_KEY }),
    ),
    door: createFrontDoor({
      customerKeys: config.CUSTOMER_KEYS,
      instructorKey: config.INSTRUCTOR_KEY,
      rateLimitRps: config.RATE_LIMIT_RPS,
    }),
    cors: createCors(config.CORS_ORIGINS),
    log,
    bodyLimitBytes: config.BODY_LIMIT_BYTES,
    routers: [
      catalogRoutes(shop), //       GET /products  GET /products/:productId
      inventoryRoutes(shop), //     GET /stock/:productId
      ordersRoutes(shop), //        POST GET /orders  GET /orders/:orderId  POST …/cancellation
      paymentsRoutes(shop), //      GET /payments/:orderId
      notificationsRoutes(shop), // GET /notifications
      reportsRoutes({ ...shop, db: base.books }), // GET /reports/revenue  GET /reports/top-products
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
