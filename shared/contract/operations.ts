// contract/operations.ts: the route table, one row an operation, in the order a reader meets them.
// Validation, both frameworks' routes, the gateway's routing and OpenAPI are made from it.
import { getPrices, getProduct, listProducts } from './catalog.ts';
import { getCoupling, setCoupling } from './coupling.ts';
import { getStock, returnStock, takeStock } from './inventory.ts';
import { listNotifications, tellCustomer } from './notifications.ts';
import type { Operation } from './operation.ts';
import { cancelOrder, getOrder, listOrders, placeOrder, settlePayment } from './orders.ts';
import { charge, getPayment, refund, requestPayment } from './payments.ts';
import { recordSale, revenueReport, topProducts } from './reports.ts';

export const operations: readonly Operation[] = [
  listProducts,
  getProduct,
  getPrices,
  getStock,
  takeStock,
  returnStock,
  placeOrder,
  getOrder,
  listOrders,
  cancelOrder,
  getCoupling,
  setCoupling,
  settlePayment,
  getPayment,
  charge,
  requestPayment,
  refund,
  listNotifications,
  tellCustomer,
  revenueReport,
  topProducts,
  recordSale,
];

/** What the front doors offer: everything but the calls between services. */
export const publicOperations = operations.filter((row) => row.access !== 'internal');

/** Those of them that are the shop's business, and not that of whoever runs it. */
export const customerOperations = publicOperations.filter((row) => row.access !== 'instructor');
