// payments/routes.ts: payments over HTTP.
// Mounted by app.ts.
import { getPayment } from '@lab/shared/contract/payments.ts';
import { Router } from 'express';
import type { Shop } from '../app.ts';
import { handle } from '../chassis/handle.ts';

export function paymentsRoutes({ db, payments }: Shop): Router {
  return Router().get(
    '/payments/:orderId',
    handle(getPayment, ({ params }) => payments.getPayment(db, params.orderId)),
  );
}
