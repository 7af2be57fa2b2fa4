// contract/inventory.ts: how much is left, and the reservation an order makes.
// Reservations are an internal operation: only the order saga of the services calls them.
import { type Static, Type } from 'typebox';
import { operation } from './operation.ts';
import {
  MAX_LINES,
  OrderId,
  OrderPath,
  ProductId,
  ProductPath,
  Quantity,
  strict,
  word,
} from './primitives.ts';

export const Stock = strict({
  productId: ProductId,
  available: Type.Integer({ minimum: 0 }),
});
export type Stock = Static<typeof Stock>;

export const StockLine = strict({ productId: ProductId, quantity: Quantity });
export type StockLine = Static<typeof StockLine>;

export const NewReservation = strict({
  orderId: OrderId,
  lines: Type.Array(StockLine, { minItems: 1, maxItems: MAX_LINES }),
});
export type NewReservation = Static<typeof NewReservation>;

export const Reservation = strict({
  orderId: OrderId,
  status: word(['taken', 'returned']),
});
export type Reservation = Static<typeof Reservation>;

export const getStock = operation({
  id: 'getStock',
  summary: 'How much of a product is left',
  feature: 'inventory',
  access: 'open',
  method: 'GET',
  path: '/stock/:productId',
  params: ProductPath,
  status: 200,
  answer: Stock,
});

export const takeStock = operation({
  id: 'takeStock',
  summary: 'Take the stock of an order, all lines or none; repeatable',
  feature: 'inventory',
  access: 'internal',
  method: 'POST',
  path: '/reservations',
  body: NewReservation,
  status: 201,
  answer: Reservation,
});

export const returnStock = operation({
  id: 'returnStock',
  summary: 'Put the stock of an order back, and refuse to take it later; repeatable',
  feature: 'inventory',
  access: 'internal',
  method: 'POST',
  path: '/reservations/:orderId/return',
  params: OrderPath,
  status: 200,
  answer: Reservation,
});
