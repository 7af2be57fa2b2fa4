// inventory/view.ts: a stock row and a reservation as the contract shows them.
// Called by controller.ts.
import type { Reservation, Stock } from '@lab/shared/contract/inventory.ts';
import type { ReservationRow, StockRow } from './model.ts';

export const stockView = (row: StockRow): Stock => ({
  productId: row.product_id,
  available: row.available,
});

// DIFFERS: a caller over HTTP is told what it has, docs/decisions/0006
export const reservationView = (row: ReservationRow): Reservation => ({
  orderId: row.order_id,
  status: row.status,
});
