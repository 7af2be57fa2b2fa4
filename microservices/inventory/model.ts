// inventory/model.ts: the tables stock and reservations.
// Called by controller.ts and, at the first start, to fill the table.
import type { StockLine } from '@lab/shared/contract/inventory.ts';
import { products } from '@lab/shared/fixtures/products.ts';
import type { Database, Queries } from '@lab/shared/runtime/database.ts';
import { tuples } from '@lab/shared/runtime/sql.ts';

export interface StockRow {
  product_id: string;
  available: number;
}

export function findStock(db: Queries, productId: string): Promise<StockRow | undefined> {
  return db.get<StockRow>('SELECT product_id, available FROM stock WHERE product_id = $1', [
    productId,
  ]);
}

/** Takes `quantity` if that much is there: the condition and the change are one statement. */
export async function take(tx: Queries, productId: string, quantity: number): Promise<boolean> {
  const { changes } = await tx.run(
    `UPDATE stock SET available = available - $2 WHERE product_id = $1 AND available >= $2`,
    [productId, quantity],
  );
  return changes === 1;
}

export async function putBack(tx: Queries, productId: string, quantity: number): Promise<void> {
  await tx.run('UPDATE stock SET available = available + $2 WHERE product_id = $1', [
    productId,
    quantity,
  ]);
}

// DIFFERS: what an order took is remembered here, for its caller may ask twice, docs/decisions/0006
export interface ReservationRow {
  order_id: string;
  status: 'taken' | 'returned';
  lines: readonly StockLine[];
}

/** @returns false when this order has a reservation already; waits for one under way */
export async function reserve(tx: Queries, row: ReservationRow): Promise<boolean> {
  const { changes } = await tx.run(
    `INSERT INTO reservations (order_id, status, lines) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [row.order_id, row.status, JSON.stringify(row.lines)],
  );
  return changes === 1;
}

export async function findReservation(
  tx: Queries,
  orderId: string,
): Promise<ReservationRow | undefined> {
  const row = await tx.get<Omit<ReservationRow, 'lines'> & { lines: string }>(
    'SELECT order_id, status, lines FROM reservations WHERE order_id = $1',
    [orderId],
  );
  return row && { ...row, lines: JSON.parse(row.lines) };
}

/** @returns false when it was returned before */
export async function markReturned(tx: Queries, orderId: string): Promise<boolean> {
  const { changes } = await tx.run(
    `UPDATE reservations SET status = 'returned' WHERE order_id = $1 AND status = 'taken'`,
    [orderId],
  );
  return changes === 1;
}

/** Fills an empty table with the fixtures; `initial` stays, so that an audit can add up. */
export async function seedStock(db: Database): Promise<void> {
  const values = products.flatMap((p) => [p.id, p.initialStock, p.initialStock]);
  await db.run(
    `INSERT INTO stock (product_id, initial, available)
     VALUES ${tuples(products.length, 3)} ON CONFLICT DO NOTHING`,
    values,
  );
}
