// catalog/routes.ts: the catalog over HTTP.
// Mounted by app.ts.
import { handle } from '@lab/chassis/handle.ts';
import { getPrices, getProduct, listProducts } from '@lab/shared/contract/catalog.ts';
import type { FastifyInstance } from 'fastify';
import type { Shop } from './app.ts';

export function catalogRoutes(app: FastifyInstance, { db, catalog }: Shop): void {
  app.get(
    '/products',
    handle(listProducts, ({ query }) => catalog.listProducts(db, query)),
  );
  app.get(
    '/products/:productId',
    handle(getProduct, ({ params }) => catalog.getProduct(db, params.productId)),
  );
  // DIFFERS: a function call in the monolith is a route here, docs/decisions/0005
  app.get(
    '/prices',
    handle(getPrices, async ({ query }) => ({
      items: await catalog.getPrices(db, query.productIds.split(',')),
    })),
  );
}
