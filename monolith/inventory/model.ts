// inventory/model.ts: the stock table.
// Called by controller.ts and, at the first start, to fill the table.
import { products } from '@lab/shared/fixtures/products.ts';
import type { Database, Queries } from '@lab/shared/runtime/database.ts';
import { placeholders, tuples } from '@lab/shared/runtime/sql.ts';

export interface StockRow {
  product_id: string;
  available: number;
}

export function findStock(db: Queries, productId: string): Promise<StockRow | undefined> {
  return db.get<StockRow>('SELECT product_id, available FROM stock WHERE product_id = $1', [
    productId,
  ]);
}

// DIFFERS: what the look before the card reads, docs/decisions/0007
export function findStocks(db: Queries, productIds: readonly string[]): Promise<StockRow[]> {
  return db.all<StockRow>(
    `SELECT product_id, available FROM stock
     WHERE product_id IN (${placeholders(productIds.length)})`,
    productIds,
  );
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

/** Fills an empty table with the fixtures; `initial` stays, so that an audit can add up. */
export async function seedStock(db: Database): Promise<void> {
  const values = products.flatMap((p) => [p.id, p.initialStock, p.initialStock]);
  await db.run(
    `INSERT INTO stock (product_id, initial, available)
     VALUES ${tuples(products.length, 3)} ON CONFLICT DO NOTHING`,
    values,
  );
}
