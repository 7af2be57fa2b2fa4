// inventory/controller.ts: how much is left; taking stock and putting it back.
// Called by routes.ts; the orders service calls takeStock and returnStock over HTTP.
import type {
  NewReservation,
  Reservation,
  Stock,
  StockLine,
} from '@lab/shared/contract/inventory.ts';
import { NotFound, OutOfStock, problem } from '@lab/shared/domain/problems.ts';
import { inLockOrder } from '@lab/shared/domain/stock.ts';
import type { Database, Queries } from '@lab/shared/runtime/database.ts';
import * as model from './model.ts';
import { reservationView, stockView } from './view.ts';

/** @throws NotFound (404) */
export async function getStock(db: Queries, productId: string): Promise<Stock> {
  const row = await model.findStock(db, productId);
  if (row === undefined) throw new NotFound({ what: 'product', id: productId });
  return stockView(row);
}

// DIFFERS: a transaction of its own, remembered by order id because callers repeat, docs/decisions/0006
/**
 * Takes all lines or none, once an order.
 * @throws OutOfStock (409); RESERVATION_RETURNED (409) when the order was called off before
 */
export async function takeStock(
  db: Database,
  { orderId, lines }: NewReservation,
): Promise<Reservation> {
  return db.transaction(async (tx) => {
    if (await model.reserve(tx, { order_id: orderId, status: 'taken', lines })) {
      await takeLines(tx, lines);
      return { orderId, status: 'taken' };
    }
    const earlier = await model.findReservation(tx, orderId);
    if (earlier?.status === 'taken') return reservationView(earlier);
    throw problem('reservationReturned', 'The stock of this order was given back.', { orderId });
  });
}

async function takeLines(tx: Queries, lines: readonly StockLine[]): Promise<void> {
  for (const { productId, quantity } of inLockOrder(lines)) {
    if (await model.take(tx, productId, quantity)) continue;
    const left = (await model.findStock(tx, productId))?.available ?? 0;
    throw new OutOfStock({ productId, wanted: quantity, left });
  }
}

// DIFFERS: given back by order id, once, docs/decisions/0006
/** Puts the stock of an order back, once; a take that comes later is refused. */
export async function returnStock(db: Database, orderId: string): Promise<Reservation> {
  return db.transaction(async (tx) => {
    const nothingTaken = await model.reserve(tx, {
      order_id: orderId,
      status: 'returned',
      lines: [],
    });
    if (!nothingTaken && (await model.markReturned(tx, orderId))) {
      const taken = await model.findReservation(tx, orderId);
      for (const { productId, quantity } of inLockOrder(taken?.lines ?? [])) {
        await model.putBack(tx, productId, quantity);
      }
    }
    return { orderId, status: 'returned' };
  });
}
