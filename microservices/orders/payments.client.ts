// orders/payments.client.ts: the way to the payments service.
// Made by neighbours.ts, used by controller.ts.
import { charge, type NewPayment, type Payment, refund } from '@lab/shared/contract/payments.ts';
import type { Call } from '@lab/shared/runtime/call.ts';
import { type ClientOptions, createHttpClient } from '@lab/shared/runtime/http-client.ts';

/** Every call may throw DEPENDENCY_UNAVAILABLE (503) or DEPENDENCY_TIMEOUT (504). */
export function createPaymentsClient(options: Omit<ClientOptions, 'name'>) {
  const http = createHttpClient({ name: 'payments', ...options });
  return {
    /** The order's id is the key, so that no repeat can charge twice. @throws PAYMENT_DECLINED (402) */
    charge: (body: NewPayment, call: Call): Promise<Payment> =>
      http.send(charge, { body }, { ...call, idempotencyKey: body.orderId }),
    refund: (orderId: string, call: Call): Promise<Payment> =>
      http.send(refund, { params: { orderId } }, call),
    ping: http.ping,
    close: http.close,
  };
}
