// reports/columns.model.ts: the sums of a report from columns, each of one statement.
// Called by model.ts, where the database is one of columns.
import type { RevenueQuery } from '@lab/shared/contract/reports.ts';
import { type Report, type ReportRow, reportOf } from '@lab/shared/domain/report.ts';
import type { Queries } from '@lab/shared/runtime/database.ts';
import type { ProductSum, RevenueSum } from './model.ts';

/** Each grouping with what counts an order once in each of its groups. */
const groupings = {
  day: { key: 'day', orders: 'count(*) FILTER (WHERE line = 0)' },
  category: { key: 'category', orders: 'count(*) FILTER (WHERE first_of_category)' },
} as const;

const newest = `SELECT strftime(max(placed_at), '%Y-%m-%dT%H:%M:%S.%gZ') AS newest FROM orders`;

/** Reads four or five of nine columns of one table, and nothing of the days outside. */
export async function sumRevenue(
  db: Queries,
  { by, from, to }: Required<RevenueQuery>,
): Promise<Report<RevenueSum>> {
  const { key, orders } = groupings[by];
  const rows = await db.all<ReportRow<RevenueSum>>(
    `SELECT * FROM (${newest}) AS known
     LEFT JOIN (
       SELECT CAST(${key} AS VARCHAR) AS key, ${orders} AS orders,
         sum(quantity) AS quantity, sum(quantity * unit_price_cents) AS revenue_cents
       FROM order_lines WHERE day BETWEEN CAST($1 AS DATE) AND CAST($2 AS DATE)
       GROUP BY ${key}
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
       FROM order_lines
       GROUP BY product_id ORDER BY 4 DESC, 1 LIMIT $1
     ) AS sums ON true
     ORDER BY revenue_cents DESC, product_id`,
    [limit],
  );
  return reportOf(rows);
}
