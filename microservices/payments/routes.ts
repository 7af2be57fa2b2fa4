// payments/routes.ts: payments over HTTP.
// Mounted by app.ts.
import { handle } from '@lab/chassis/handle.ts';
import { charge, getPayment, refund, requestPayment } from '@lab/shared/contract/payments.ts';
import type { FastifyInstance } from 'fastify';
import type { Shop } from './app.ts';

export function paymentsRoutes(app: FastifyInstance, { db, orders, payments }: Shop): void {
  app.get(
    '/payments/:orderId',
    handle(getPayment, ({ params }) => payments.getPayment(db, params.orderId)),
  );
  // DIFFERS: function calls in the monolith are routes here, docs/decisions/0005
  app.post(
    '/payments',
    handle(charge, ({ body, call }) => payments.charge(db, body, call)),
  );
  app.post(
    '/payments/:orderId/refund',
    handle(refund, ({ params }) => payments.refund(db, params.orderId)),
  );
  app.post(
    '/payment-requests',
    handle(requestPayment, ({ body, call }) => payments.requestPayment({ db, orders }, body, call)),
  );
}
