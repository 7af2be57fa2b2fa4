// orders/routes.ts: orders over HTTP.
// Mounted by app.ts.
import { cancelOrder, getOrder, listOrders, placeOrder } from '@lab/shared/contract/orders.ts';
import type { Router } from 'express';
import type { Shop } from '../app.ts';
import { handle, strictRouter } from '../chassis/handle.ts';

export function ordersRoutes(shop: Shop): Router {
  const { orders } = shop;
  return strictRouter()
    .post(
      '/orders',
      handle(placeOrder, ({ body, call }) => orders.placeOrder(shop, body, call)),
    )
    .get(
      '/orders',
      handle(listOrders, ({ query }) => orders.listOrders(shop, query)),
    )
    .get(
      '/orders/:orderId',
      handle(getOrder, ({ params }) => orders.getOrder(shop, params.orderId)),
    )
    .post(
      '/orders/:orderId/cancellation',
      handle(cancelOrder, ({ params, call }) => orders.cancelOrder(shop, params.orderId, call)),
    );
}
