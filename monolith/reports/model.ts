// reports/model.ts: sums over the orders of the shared database.
// Called by controller.ts.
import type { RevenueQuery } from '@lab/shared/contract/reports.ts';
import type { Queries } from '@lab/shared/runtime/database.ts';

export interface RevenueSum {
  key: string;
  orders: number;
  quantity: number;
  revenue_cents: number;
}

/** What a report adds up, and the newest order that it knows of: of one moment. */
export interface Revenue {
  sums: RevenueSum[];
  newest: string | null;
}

/** A row of the statement; without a sum there is one all the same, that has no key. */
export type RevenueRow = { newest: string | null } & (RevenueSum | { key: null });

export const revenueOf = (rows: readonly RevenueRow[]): Revenue => ({
  sums: rows.filter((row) => row.key !== null),
  newest: rows[0]?.newest ?? null,
});

export interface ProductSum {
  product_id: string;
  name: string;
  quantity: number;
  revenue_cents: number;
}

// DIFFERS: reads the tables of the orders feature, docs/decisions/0008
const sales = `orders JOIN order_lines ON order_lines.order_id = orders.id
     WHERE orders.status = 'confirmed'`;

/** One row a day or a category, in the order of its key. */
export async function sumRevenue(
  db: Queries,
  { by, from = '0000-01-01', to = '9999-12-31' }: RevenueQuery,
): Promise<Revenue> {
  const key = by === 'day' ? 'substr(placed_at, 1, 10)' : 'category';
  const rows = await db.all<RevenueRow>(
    `SELECT * FROM (SELECT max(placed_at) AS newest FROM orders WHERE status = 'confirmed') AS known
     LEFT JOIN (
       SELECT ${key} AS key, count(DISTINCT order_id) AS orders,
         sum(quantity) AS quantity, sum(quantity * unit_price_cents) AS revenue_cents
       FROM ${sales} AND substr(placed_at, 1, 10) BETWEEN $1 AND $2
       GROUP BY 1
     ) AS sums ON true
     ORDER BY key`,
    [from, to],
  );
  return revenueOf(rows);
}

export function sumProducts(db: Queries, rows: number): Promise<ProductSum[]> {
  return db.all<ProductSum>(
    `SELECT product_id, min(name) AS name, sum(quantity) AS quantity,
       sum(quantity * unit_price_cents) AS revenue_cents
     FROM ${sales}
     GROUP BY product_id ORDER BY 4 DESC, 1 LIMIT $1`,
    [rows],
  );
}
