// contract/reports.ts: the books: revenue by day or category, and what sells best.
// Mounted by the reports feature of every shape; the harness asks the same questions.
import { type Static, Type } from 'typebox';
import { OrderEvent, Receipt } from './notifications.ts';
import { operation } from './operation.ts';
import { Cents, Day, Instant, nullable, ProductId, strict, word } from './primitives.ts';

export const RevenueQuery = strict({
  by: word(['day', 'category']),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
});
export type RevenueQuery = Static<typeof RevenueQuery>;

export const RevenueRow = strict({
  /** A day (2026-11-22) or a category (tea). */
  key: Type.String(),
  orders: Type.Integer({ minimum: 0 }),
  quantity: Type.Integer({ minimum: 0 }),
  revenueCents: Cents,
});
export type RevenueRow = Static<typeof RevenueRow>;

/** What the database says that it read for an answer; left out by those that do not tell. */
export const Read = strict({
  rows: Type.Integer({ minimum: 0 }),
  bytes: Type.Integer({ minimum: 0 }),
});
export type Read = Static<typeof Read>;

export const RevenueReport = strict({
  rows: Type.Array(RevenueRow),
  totalCents: Cents,
  /** The newest order the answer knows of; null when it knows none. */
  asOf: nullable(Instant),
  read: Type.Optional(Read),
});
export type RevenueReport = Static<typeof RevenueReport>;

export const TopProductsQuery = strict({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 10 })),
});
export type TopProductsQuery = Static<typeof TopProductsQuery>;

export const TopProduct = strict({
  productId: ProductId,
  name: Type.String(),
  quantity: Type.Integer({ minimum: 0 }),
  revenueCents: Cents,
});
export type TopProduct = Static<typeof TopProduct>;
export const TopProducts = strict({
  items: Type.Array(TopProduct),
  /** As that of a RevenueReport. */
  asOf: nullable(Instant),
  read: Type.Optional(Read),
});
export type TopProducts = Static<typeof TopProducts>;

export const revenueReport = operation({
  id: 'revenueReport',
  summary: 'Revenue by day or by category',
  feature: 'reports',
  access: 'customer',
  method: 'GET',
  path: '/reports/revenue',
  timed: true,
  query: RevenueQuery,
  status: 200,
  answer: RevenueReport,
});

export const topProducts = operation({
  id: 'topProducts',
  summary: 'What sells best, by revenue',
  feature: 'reports',
  access: 'customer',
  method: 'GET',
  path: '/reports/top-products',
  timed: true,
  query: TopProductsQuery,
  status: 200,
  answer: TopProducts,
});

export const recordSale = operation({
  id: 'recordSale',
  summary: 'Enter what happened to an order in the books; a repeated event is ignored',
  feature: 'reports',
  access: 'internal',
  path: '/reports/events',
  answer: Receipt,
  method: 'POST',
  body: OrderEvent,
  status: 200,
});
