// payments/routes.ts: payments over HTTP.
// Mounted by app.ts.
import { getPayment } from '@lab/shared/contract/payments.ts';
import type { Router } from 'express';
import type { Shop } from '../app.ts';
import { handle, strictRouter } from '../chassis/handle.ts';

export function paymentsRoutes({ db, payments }: Shop): Router {
  return strictRouter().get(
    '/payments/:orderId',
    handle(getPayment, ({ params }) => payments.getPayment(db, params.orderId)),
  );
}
