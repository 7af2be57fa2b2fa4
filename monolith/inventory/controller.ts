// inventory/controller.ts: how much is left; taking stock and putting it back.
// Called by routes.ts and, inside its transaction, by the orders feature.
import type { Stock, StockLine } from '@lab/shared/contract/inventory.ts';
import { NotFound, OutOfStock } from '@lab/shared/domain/problems.ts';
import { inLockOrder, shortages } from '@lab/shared/domain/stock.ts';
import type { Queries } from '@lab/shared/runtime/database.ts';
import * as model from './model.ts';
import { stockView } from './view.ts';

/** @throws NotFound (404) */
export async function getStock(db: Queries, productId: string): Promise<Stock> {
  const row = await model.findStock(db, productId);
  if (row === undefined) throw new NotFound({ what: 'product', id: productId });
  return stockView(row);
}

// DIFFERS: a look before the card is asked, docs/decisions/0007
/** @throws OutOfStock (409) when the lines cannot be taken now; takes nothing */
export async function checkStock(db: Queries, lines: readonly StockLine[]): Promise<void> {
  const ids = lines.map((line) => line.productId);
  const rows = await model.findStocks(db, ids);
  const available = new Map(rows.map((row) => [row.product_id, row.available]));
  // In the order in which takeStock will ask: of two shortages both tell the same one.
  const short = shortages(inLockOrder(lines), available);
  if (short !== null) throw new OutOfStock(short);
}

// DIFFERS: the caller's transaction makes it all lines or none, docs/decisions/0006
/** @throws OutOfStock (409); the caller's transaction then takes back what was taken */
export async function takeStock(tx: Queries, lines: readonly StockLine[]): Promise<void> {
  for (const { productId, quantity } of inLockOrder(lines)) {
    if (await model.take(tx, productId, quantity)) continue;
    const left = (await model.findStock(tx, productId))?.available ?? 0;
    throw new OutOfStock({ productId, wanted: quantity, left });
  }
}

/** Puts the lines of a cancelled order back, in the caller's transaction. */
export async function returnStock(tx: Queries, lines: readonly StockLine[]): Promise<void> {
  for (const { productId, quantity } of inLockOrder(lines)) {
    await model.putBack(tx, productId, quantity);
  }
}
