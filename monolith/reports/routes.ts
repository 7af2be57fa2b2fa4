// reports/routes.ts: the books over HTTP.
// Mounted by app.ts.
import { revenueReport, topProducts } from '@lab/shared/contract/reports.ts';
import type { Router } from 'express';
import type { Shop } from '../app.ts';
import { handle, strictRouter } from '../chassis/handle.ts';

export function reportsRoutes({ db, reports }: Shop): Router {
  return strictRouter()
    .get(
      '/reports/revenue',
      handle(revenueReport, ({ query }) => reports.revenueReport(db, query)),
    )
    .get(
      '/reports/top-products',
      handle(topProducts, ({ query }) => reports.topProducts(db, query)),
    );
}
