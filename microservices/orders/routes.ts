// orders/routes.ts: orders over HTTP.
// Mounted by app.ts.
import { handle } from '@lab/chassis/handle.ts';
import { cancelOrder, getOrder, listOrders, placeOrder } from '@lab/shared/contract/orders.ts';
import type { FastifyInstance } from 'fastify';
import type { Shop } from './app.ts';

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
}
