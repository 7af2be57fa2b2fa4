// inventory/routes.ts: the stock over HTTP.
// Mounted by app.ts.
import { handle } from '@lab/chassis/handle.ts';
import { getStock, returnStock, takeStock } from '@lab/shared/contract/inventory.ts';
import type { FastifyInstance } from 'fastify';
import type { Shop } from './app.ts';

export function inventoryRoutes(app: FastifyInstance, { db, inventory }: Shop): void {
  app.get(
    '/stock/:productId',
    handle(getStock, ({ params }) => inventory.getStock(db, params.productId)),
  );
  // DIFFERS: function calls in the monolith are routes here, docs/decisions/0005
  app.post(
    '/reservations',
    handle(takeStock, ({ body }) => inventory.takeStock(db, body)),
  );
  app.post(
    '/reservations/:orderId/return',
    handle(returnStock, ({ params }) => inventory.returnStock(db, params.orderId)),
  );
}
