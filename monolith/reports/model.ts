// reports/model.ts: sums over the orders of the shared database.
// Called by controller.ts.
import type { RevenueQuery } from '@lab/shared/contract/reports.ts';
import { type Report, type ReportRow, reportOf } from '@lab/shared/domain/report.ts';
import type { Queries } from '@lab/shared/runtime/database.ts';

export interface RevenueSum {
  key: string;
  orders: number;
  quantity: number;
  revenue_cents: number;
}

export interface ProductSum {
  product_id: string;
  name: string;
  quantity: number;
  revenue_cents: number;
}

// DIFFERS: reads the tables of the orders feature, docs/decisions/0008
const sales = `orders JOIN order_lines ON order_lines.order_id = orders.id
     WHERE orders.status = 'confirmed'`;
// DIFFERS: the newest order is looked for there too, docs/decisions/0008
const newest = "SELECT max(placed_at) AS newest FROM orders WHERE status = 'confirmed'";

/** One row a day or a category, in the order of its key. */
export async function sumRevenue(
  db: Queries,
  { by, from = '0000-01-01', to = '9999-12-31' }: RevenueQuery,
): Promise<Report<RevenueSum>> {
  const key = by === 'day' ? 'substr(placed_at, 1, 10)' : 'category';
  const rows = await db.all<ReportRow<RevenueSum>>(
    `SELECT * FROM (${newest}) AS known
     LEFT JOIN (
       SELECT ${key} AS key, count(DISTINCT order_id) AS orders,
         sum(quantity) AS quantity, sum(quantity * unit_price_cents) AS revenue_cents
       FROM ${sales} AND substr(placed_at, 1, 10) BETWEEN $1 AND $2
       GROUP BY 1
     ) AS sums ON true
     ORDER BY key`,
    [from, to],
  );
  return reportOf(rows);
}

export async function sumProducts(db: Queries, limit: number): Promise<Report<ProductSum>> {
  const rows = await db.all<ReportRow<ProductSum>>(
    `SELECT * FROM (${newest}) AS known
     LEFT JOIN (
       SELECT product_id, min(name) AS name, sum(quantity) AS quantity,
         sum(quantity * unit_price_cents) AS revenue_cents
       FROM ${sales}
       GROUP BY product_id ORDER BY 4 DESC, 1 LIMIT $1
     ) AS sums ON true
     ORDER BY revenue_cents DESC, product_id`,
    [limit],
  );
  return reportOf(rows);
}
