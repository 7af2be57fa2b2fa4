// audit/read-databases.ts: reads what a shop has stored, from its databases and past its API.
// Called by settle.ts and run-audit.ts.
import type { Stored } from '../targets/platform.ts';
import type { Feature, Target } from '../targets/targets.ts';
import type { Evidence, OrderFact, Pending } from './evidence.ts';

/** Past orders are seeded with ids of digits; they moved no stock and told nobody. */
const ours = (column: string) => `${column} NOT LIKE 'ord\\_000000%' ESCAPE '\\'`;

type Rows = <Row>(feature: Feature, sql: string) => Promise<Row[]>;

/** @throws Error when a database is not there or cannot be read */
export async function readEvidence(shop: Stored): Promise<Evidence> {
  const rows = rowsOf(shop);
  const distributed = keepsBooks(shop.target);
  return {
    orders: await readOrders(rows),
    payments: await rows(
      'payments',
      `SELECT order_id AS "orderId", amount_cents AS "amountCents", status
       FROM payments WHERE ${ours('order_id')}`,
    ),
    stock: await rows(
      'inventory',
      'SELECT product_id AS "productId", initial, available FROM stock',
    ),
    notices: await rows('notifications', 'SELECT order_id AS "orderId", kind FROM notifications'),
    sales: distributed
      ? await rows(
          'reports',
          `SELECT order_id AS "orderId", sum(quantity * unit_price_cents) AS "revenueCents"
           FROM sales WHERE ${ours('order_id')} GROUP BY order_id`,
        )
      : undefined,
    pending: await pendingFrom(rows, distributed),
  };
}

/** What is still to be done; cheap enough to be asked several times a second. */
export function readPending(shop: Stored): Promise<Pending> {
  return pendingFrom(rowsOf(shop), keepsBooks(shop.target));
}

/** A feature's rows are in the database of the component that has it. */
function rowsOf({ target, query }: Stored): Rows {
  return (feature, sql) => {
    const owner = target.components.find(({ features }) => features.includes(feature));
    // A function's database has the name of its feature.
    return query(owner?.name ?? feature, sql);
  };
}

/** In the monolith the orders are the books, and one transaction leaves nothing to be undone. */
function keepsBooks(target: Target): boolean {
  const all = [...target.components, ...(target.functions ?? [])];
  return all.some(({ name }) => name === 'reports');
}

async function pendingFrom(rows: Rows, distributed: boolean): Promise<Pending> {
  const count = (from: string) => `(SELECT count(*) FROM ${from})`;
  const placed = `${count("orders WHERE status = 'placed'")} AS placed`;
  const calledOff = "orders WHERE status IN ('rejected', 'cancelled') AND undone = 0";
  const rest = distributed
    ? `${count('outbox')} AS outbox, ${count(calledOff)} AS "notUndone"`
    : '0 AS outbox, 0 AS "notUndone"';
  const [pending] = await rows<Pending>('orders', `SELECT ${placed}, ${rest}`);
  return pending ?? { placed: 0, outbox: 0, notUndone: 0 };
}

interface LineRow {
  readonly orderId: string;
  readonly productId: string;
  readonly quantity: number;
}

async function readOrders(rows: Rows): Promise<OrderFact[]> {
  const orders = await rows<Omit<OrderFact, 'lines'>>(
    'orders',
    `SELECT id, idempotency_key AS "key", status, total_cents AS "totalCents"
     FROM orders WHERE ${ours('id')} ORDER BY id`,
  );
  const lines = new Map<string, LineRow[]>(orders.map(({ id }) => [id, []]));
  const lineRows = await rows<LineRow>(
    'orders',
    `SELECT order_id AS "orderId", product_id AS "productId", quantity
     FROM order_lines WHERE ${ours('order_id')}`,
  );
  for (const line of lineRows) lines.get(line.orderId)?.push(line);
  return orders.map((order) => ({ ...order, lines: lines.get(order.id) ?? [] }));
}
