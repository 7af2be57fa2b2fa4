// inventory/view.ts: a stock row as the contract shows it.
// Called by controller.ts.
import type { Stock } from '@lab/shared/contract/inventory.ts';
import type { StockRow } from './model.ts';

export const stockView = (row: StockRow): Stock => ({
  productId: row.product_id,
  available: row.available,
});
