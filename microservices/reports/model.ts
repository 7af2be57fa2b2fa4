// reports/model.ts: sums over what was sold, which events fill: rows here, columns in other models.
// Called by controller.ts, by books.ts and, at the first start, to fill the table.

import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { Order } from '@lab/shared/contract/orders.ts';
import type { RevenueQuery } from '@lab/shared/contract/reports.ts';
import { type Report, type ReportRow, reportOf } from '@lab/shared/domain/report.ts';
import type { Database, Queries } from '@lab/shared/runtime/database.ts';
import { tuples } from '@lab/shared/runtime/sql.ts';
import { columnStoreOf } from './column-store.ts';

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

// DIFFERS: its own copy of what was sold, docs/decisions/0008
const sales = 'sales WHERE true';
// DIFFERS: the newest that its copy has, docs/decisions/0008
const newest = `SELECT max(placed_at) AS newest FROM ${sales}`;

/** One row a day or a category, in the order of its key. */
export async function sumRevenue(
  db: Database,
  { by, from = '0000-01-01', to = '9999-12-31' }: RevenueQuery,
): Promise<Report<RevenueSum>> {
  // DIFFERS: its own copy may lie in columns, docs/decisions/0036
  const columns = columnStoreOf(db);
  if (columns !== undefined) return columns.sumRevenue({ by, from, to });
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

export async function sumProducts(db: Database, limit: number): Promise<Report<ProductSum>> {
  // DIFFERS: its own copy may lie in columns, docs/decisions/0036
  const columns = columnStoreOf(db);
  if (columns !== undefined) return columns.sumProducts(limit);
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

/**
 * Enters what happened to an order, once an event, and in whatever order events come.
 * @returns false when the event was entered before
 */
export function enterEvent(db: Database, event: OrderEvent): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await isNew(tx, event.id))) return false;
    const { type, data: order } = event;
    const isCancelled = await takeTurn(tx, order.id, type === 'order.cancelled');
    if (type === 'order.cancelled') await deleteSale(tx, order.id);
    else if (!isCancelled) await insertSale(tx, order);
    return true;
  });
}

async function isNew(tx: Queries, eventId: string): Promise<boolean> {
  const { changes } = await tx.run(
    'INSERT INTO seen_events (event_id) VALUES ($1) ON CONFLICT DO NOTHING',
    [eventId],
  );
  return changes === 1;
}

async function insertSale(tx: Queries, { id, placedAt, lines }: Order): Promise<void> {
  await tx.run(
    `INSERT INTO sales
       (order_id, line, placed_at, product_id, name, category, quantity, unit_price_cents)
     VALUES ${tuples(lines.length, 8)}`,
    lines.flatMap((line, at) => [
      id,
      at,
      placedAt,
      line.productId,
      line.name,
      line.category,
      line.quantity,
      line.unitPriceCents,
    ]),
  );
}

/**
 * Writes the order's row before anything else, so that another event of the same order waits until this
 * one is stored, and then sees it.
 * @param cancels whether it is cancelled from now on
 * @returns whether it is
 */
async function takeTurn(tx: Queries, orderId: string, cancels: boolean): Promise<boolean> {
  const row = await tx.get<{ cancelled: number }>(
    `INSERT INTO known_orders (order_id, cancelled) VALUES ($1, $2)
     ON CONFLICT (order_id) DO UPDATE
       SET cancelled = CASE WHEN known_orders.cancelled = 1 THEN 1 ELSE excluded.cancelled END
     RETURNING cancelled`,
    [orderId, cancels ? 1 : 0],
  );
  return row?.cancelled === 1;
}

async function deleteSale(tx: Queries, orderId: string): Promise<void> {
  await tx.run('DELETE FROM sales WHERE order_id = $1', [orderId]);
}

/** Fills an empty table with past orders. */
export async function seedSales(db: Database, past: Iterable<Order>): Promise<void> {
  const columns = columnStoreOf(db);
  if (columns !== undefined) return columns.seedSales(past);
  await db.transaction(async (tx) => {
    if (await tx.get('SELECT 1 FROM sales LIMIT 1')) return;
    for (const order of past) await insertSale(tx, order);
  });
}
