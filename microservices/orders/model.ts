// orders/model.ts: the tables orders and order_lines.
// Called by controller.ts and, at the first start, to fill them.
import type { Order, OrderStatus } from '@lab/shared/contract/orders.ts';
import type { Problem } from '@lab/shared/contract/problem.ts';
import { problem } from '@lab/shared/domain/problems.ts';
import { type Database, DuplicateKey, type Queries } from '@lab/shared/runtime/database.ts';
import { placeholders, tuples } from '@lab/shared/runtime/sql.ts';

/** What makes a repeated request recognisable, and whom to call when it is decided. */
export interface Ticket {
  key: string;
  fingerprint: string;
  callbackUrl?: string | undefined;
}

export interface LineRow {
  order_id: string;
  product_id: string;
  name: string;
  category: string;
  quantity: number;
  unit_price_cents: number;
}

export interface OrderRow {
  id: string;
  customer_id: string;
  status: OrderStatus;
  total_cents: number;
  placed_at: string;
  /** The problem that rejected it, as JSON. */
  problem: string | null;
  fingerprint: string;
  lines: LineRow[];
}

type Bare = Omit<OrderRow, 'lines'>;

const columns = 'id, customer_id, status, total_cents, placed_at, problem, fingerprint';

export async function findOrder(db: Queries, id: string): Promise<OrderRow | undefined> {
  const row = await db.get<Bare>(`SELECT ${columns} FROM orders WHERE id = $1`, [id]);
  return row && (await withLines(db, [row]))[0];
}

export async function findByKey(db: Queries, key: string): Promise<OrderRow | undefined> {
  const sql = `SELECT ${columns} FROM orders WHERE idempotency_key = $1`;
  const row = await db.get<Bare>(sql, [key]);
  return row && (await withLines(db, [row]))[0];
}

/** Up to `rows` orders older than `beforeId` ('' for the newest), newest first. */
export async function findOrders(
  db: Queries,
  customerId: string,
  beforeId: string,
  rows: number,
): Promise<OrderRow[]> {
  const sql = `SELECT ${columns} FROM orders
     WHERE customer_id = $1 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`;
  return withLines(db, await db.all<Bare>(sql, [customerId, beforeId, rows]));
}

// DIFFERS: one whose payment is asked for through a queue may stay so, docs/decisions/0034
/** Orders that are still `placed` and were so before `before`. */
export async function findPlaced(db: Queries, before: Date): Promise<OrderRow[]> {
  const sql = `SELECT ${columns} FROM orders
     WHERE status = 'placed' AND placed_at < $1 AND payment_asked_at IS NULL`;
  return withLines(db, await db.all<Bare>(sql, [before.toISOString()]));
}

/** @throws ORDER_IN_PROGRESS (409) when another request has just begun with the same key */
export async function insertOrder(db: Database, order: Order, ticket: Ticket): Promise<void> {
  try {
    await db.transaction(async (tx) => {
      await insertWithLines(tx, order, ticket);
      if (ticket.callbackUrl === undefined) return;
      const sql = 'INSERT INTO order_callbacks (order_id, url, next_at) VALUES ($1, $2, $3)';
      await tx.run(sql, [order.id, ticket.callbackUrl, order.placedAt]);
    });
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error;
    throw problem('orderInProgress', 'That Idempotency-Key is being worked on.');
  }
}

// DIFFERS: a row remembers when it moved and what is not undone elsewhere, docs/decisions/0006
/**
 * Writes the order's new state if it is still in the one before: two movers cannot both win.
 * @returns false when somebody else moved it first
 */
export async function tryMove(db: Queries, order: Order, why?: Problem): Promise<boolean> {
  const from: OrderStatus = order.status === 'cancelled' ? 'confirmed' : 'placed';
  const { changes } = await db.run(
    `UPDATE orders SET status = $2, problem = $3, undone = 0, moved_at = $5
     WHERE id = $1 AND status = $4`,
    [order.id, order.status, why ? JSON.stringify(why) : null, from, new Date().toISOString()],
  );
  return changes === 1;
}

/** As tryMove. @throws INTERRUPTED (503) when somebody else moved it first */
export async function move(db: Queries, order: Order, why?: Problem): Promise<void> {
  if (await tryMove(db, order, why)) return;
  throw problem('interrupted', `${order.id} was called off meanwhile.`);
}

// DIFFERS: what others must undo, and what they must be told, is kept until they did, docs/decisions/0009
/** Orders called off before `before` whose stock or money may still be elsewhere. */
export async function findNotUndone(db: Queries, before: Date): Promise<string[]> {
  const rows = await db.all<{ id: string }>(
    `SELECT id FROM orders
     WHERE status IN ('rejected', 'cancelled') AND undone = 0 AND moved_at < $1 LIMIT 100`,
    [before.toISOString()],
  );
  return rows.map(({ id }) => id);
}

export async function markUndone(db: Queries, id: string): Promise<void> {
  await db.run('UPDATE orders SET undone = 1 WHERE id = $1', [id]);
}

/** Fills an empty table with past orders. */
export async function seedOrders(db: Database, past: Iterable<Order>): Promise<void> {
  await db.transaction(async (tx) => {
    if (await tx.get('SELECT 1 FROM orders LIMIT 1')) return;
    for (const order of past) await insertWithLines(tx, order, { key: order.id, fingerprint: '' });
  });
}

// DIFFERS: a row remembers when it moved, docs/decisions/0006
async function insertWithLines(tx: Queries, order: Order, ticket: Ticket): Promise<void> {
  const { id, customerId, status, totalCents, placedAt, lines } = order;
  await tx.run(
    `INSERT INTO orders
       (id, customer_id, status, total_cents, placed_at, idempotency_key, fingerprint, moved_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $5)`,
    [id, customerId, status, totalCents, placedAt, ticket.key, ticket.fingerprint],
  );
  await tx.run(
    `INSERT INTO order_lines
       (order_id, line, product_id, name, category, quantity, unit_price_cents)
     VALUES ${tuples(lines.length, 7)}`,
    lines.flatMap((line, at) => [
      id,
      at,
      line.productId,
      line.name,
      line.category,
      line.quantity,
      line.unitPriceCents,
    ]),
  );
}

/** One more query for all lines of all orders, not one per order. */
async function withLines(db: Queries, orders: readonly Bare[]): Promise<OrderRow[]> {
  if (orders.length === 0) return [];
  const rows = await db.all<LineRow>(
    `SELECT order_id, product_id, name, category, quantity, unit_price_cents FROM order_lines
     WHERE order_id IN (${placeholders(orders.length)}) ORDER BY order_id, line`,
    orders.map(({ id }) => id),
  );
  return orders.map((order) => ({
    ...order,
    lines: rows.filter((row) => row.order_id === order.id),
  }));
}
