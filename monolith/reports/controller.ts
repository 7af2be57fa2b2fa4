// reports/controller.ts: revenue by day or category, and what sells best. Cancelled orders do not count.
// Called by routes.ts.
import type {
  RevenueQuery,
  RevenueReport,
  TopProducts,
  TopProductsQuery,
} from '@lab/shared/contract/reports.ts';
import { checkRange } from '@lab/shared/domain/report-range.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import * as model from './model.ts';
import { revenueView, topProductsView } from './view.ts';

/**
 * Revenue from the day `from` to the day `to`, both included; all days when left out.
 * @throws INVALID_REQUEST (400) when `to` is before `from`
 */
export async function revenueReport(db: Database, query: RevenueQuery): Promise<RevenueReport> {
  checkRange(query);
  return revenueView(await model.sumRevenue(db, query));
}

/** What sells best, by revenue. @param query.limit 1–100, default 10 */
export async function topProducts(db: Database, query: TopProductsQuery): Promise<TopProducts> {
  return topProductsView(await model.sumProducts(db, query.limit ?? 10));
}
