// reports/routes.ts: the books over HTTP.
// Mounted by app.ts.
import { handle } from '@lab/chassis/handle.ts';
import { recordSale, revenueReport, topProducts } from '@lab/shared/contract/reports.ts';
import type { FastifyInstance } from 'fastify';
import type { Shop } from './app.ts';

export function reportsRoutes(app: FastifyInstance, { db, books, reports }: Shop): void {
  app.get(
    '/reports/revenue',
    handle(revenueReport, ({ query }) => reports.revenueReport(db, query)),
  );
  app.get(
    '/reports/top-products',
    handle(topProducts, ({ query }) => reports.topProducts(db, query)),
  );
  // DIFFERS: the monolith reads the orders themselves; here they arrive as events, docs/decisions/0008
  app.post(
    '/reports/events',
    handle(recordSale, ({ body }) => reports.recordSale(books, body)),
  );
}
