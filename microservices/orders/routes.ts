// orders/routes.ts: orders over HTTP.
// Mounted by app.ts.
import { handle } from '@lab/chassis/handle.ts';
import { getCoupling, setCoupling } from '@lab/shared/contract/coupling.ts';
import {
  cancelOrder,
  getOrder,
  listOrders,
  placeOrder,
  settlePayment,
} from '@lab/shared/contract/orders.ts';
import type { FastifyInstance } from 'fastify';
import type { Shop } from './app.ts';
import * as coupling from './coupling.ts';

export function ordersRoutes(app: FastifyInstance, shop: Shop): void {
  const { orders } = shop;
  app.post(
    '/orders',
    handle(placeOrder, ({ body, call }) => orders.placeOrder(shop, body, call)),
  );
  app.get(
    '/orders',
    handle(listOrders, ({ query }) => orders.listOrders(shop, query)),
  );
  app.get(
    '/orders/:orderId',
    handle(getOrder, ({ params }) => orders.getOrder(shop, params.orderId)),
  );
  app.post(
    '/orders/:orderId/cancellation',
    handle(cancelOrder, ({ params, call }) => orders.cancelOrder(shop, params.orderId, call)),
  );
  app.get(
    '/coupling',
    handle(getCoupling, () => coupling.getCoupling(shop)),
  );
  app.put(
    '/coupling',
    handle(setCoupling, ({ body }) => coupling.setCoupling(shop, body)),
  );
  // DIFFERS: payments tells afterwards how it went, docs/decisions/0034
  app.post(
    '/orders/:orderId/payment-outcome',
    handle(settlePayment, ({ params, body, call }) =>
      orders.settlePayment(shop, params.orderId, body, call),
    ),
  );
}
