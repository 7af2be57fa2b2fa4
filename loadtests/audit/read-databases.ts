// audit/read-databases.ts: reads what a shop has stored, from the database files and past its API.
// Called by settle.ts and run-audit.ts. Read-only: a reader never holds up the shop's writer.
import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { databaseFile } from '../targets/databases.ts';
import { componentOf, type Feature, type Target } from '../targets/targets.ts';
import type { Evidence, OrderFact, Pending } from './evidence.ts';

/** Past orders are seeded with ids of digits; they moved no stock and told nobody. */
const ours = (column: string) => `${column} NOT LIKE 'ord\\_000000%' ESCAPE '\\'`;

type Rows = <Row>(feature: Feature, sql: string) => Row[];

/** @throws Error when a database is not there or cannot be read */
export function readEvidence(target: Target): Evidence {
  return reading(target, (rows) => ({
    orders: readOrders(rows),
    payments: rows(
      'payments',
      `SELECT order_id AS orderId, amount_cents AS amountCents, status
       FROM payments WHERE ${ours('order_id')}`,
    ),
    stock: rows('inventory', 'SELECT product_id AS productId, initial, available FROM stock'),
    notices: rows('notifications', 'SELECT order_id AS orderId, kind FROM notifications'),
    sales: keepsBooks(target)
      ? rows(
          'reports',
          `SELECT order_id AS orderId, sum(quantity * unit_price_cents) AS revenueCents
           FROM sales WHERE ${ours('order_id')} GROUP BY order_id`,
        )
      : undefined,
    pending: pendingFrom(rows, keepsBooks(target)),
  }));
}

/** What is still to be done; cheap enough to be asked several times a second. */
export function readPending(target: Target): Pending {
  return reading(target, (rows) => pendingFrom(rows, keepsBooks(target)));
}

/** In the monolith the orders are the books, and one transaction leaves nothing to be undone. */
function keepsBooks(target: Target): boolean {
  return target.components.some(({ name }) => name === 'reports');
}

function pendingFrom(rows: Rows, distributed: boolean): Pending {
  const count = (sql: string) => rows<{ n: number }>('orders', `SELECT count(*) AS n ${sql}`)[0]?.n;
  const placed = count("FROM orders WHERE status = 'placed'") ?? 0;
  if (!distributed) return { placed, outbox: 0, notUndone: 0 };
  const calledOff = "FROM orders WHERE status IN ('rejected', 'cancelled') AND undone = 0";
  return { placed, outbox: count('FROM outbox') ?? 0, notUndone: count(calledOff) ?? 0 };
}

interface LineRow {
  readonly orderId: string;
  readonly productId: string;
  readonly quantity: number;
}

function readOrders(rows: Rows): OrderFact[] {
  const orders = rows<Omit<OrderFact, 'lines'>>(
    'orders',
    `SELECT id, idempotency_key AS "key", status, total_cents AS totalCents
     FROM orders WHERE ${ours('id')} ORDER BY id`,
  );
  const lines = new Map<string, LineRow[]>(orders.map(({ id }) => [id, []]));
  const lineRows = rows<LineRow>(
    'orders',
    `SELECT order_id AS orderId, product_id AS productId, quantity
     FROM order_lines WHERE ${ours('order_id')}`,
  );
  for (const line of lineRows) lines.get(line.orderId)?.push(line);
  return orders.map((order) => ({ ...order, lines: lines.get(order.id) ?? [] }));
}

/** Opens each file once, at its first question, and closes all of them. */
function reading<Result>(target: Target, read: (rows: Rows) => Result): Result {
  const files = new Map<string, Sqlite.Database>();
  try {
    return read((feature, sql) => {
      const path = fileOf(target, feature);
      const file = files.get(path) ?? openFile(path);
      files.set(path, file);
      return file.prepare(sql).all() as never[];
    });
  } finally {
    for (const file of files.values()) file.close();
  }
}

function fileOf(target: Target, feature: Feature): string {
  const owner = target.components.find(({ features }) => features.includes(feature));
  const path = databaseFile(target, owner ?? componentOf(target, feature));
  if (path === undefined) throw new Error(`${feature} of ${target.name} has no database.`);
  return path;
}

function openFile(path: string): Sqlite.Database {
  if (!existsSync(path)) throw new Error(`${path} is missing: the shop has stored nothing.`);
  return new Sqlite(path, { readonly: true, timeout: 5000 });
}
