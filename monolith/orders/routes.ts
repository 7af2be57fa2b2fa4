// orders/routes.ts: orders over HTTP.
// Mounted by app.ts.
import { getCoupling, setCoupling } from '@lab/shared/contract/coupling.ts';
import { cancelOrder, getOrder, listOrders, placeOrder } from '@lab/shared/contract/orders.ts';
import type { Router } from 'express';
import type { Shop } from '../app.ts';
import { handle, strictRouter } from '../chassis/handle.ts';
import * as coupling from './coupling.ts';

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
    )
    .get(
      '/coupling',
      handle(getCoupling, () => coupling.getCoupling(shop)),
    )
    .put(
      '/coupling',
      handle(setCoupling, ({ body }) => coupling.setCoupling(shop, body)),
    );
}
