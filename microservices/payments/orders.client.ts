// payments/orders.client.ts: the way to the orders service, for payments that came through a queue.
// Made by server.ts, handler.ts and consumer.ts, used by controller.ts.
import { type Order, type PaymentOutcome, settlePayment } from '@lab/shared/contract/orders.ts';
import type { Call } from '@lab/shared/runtime/call.ts';
import { createHttpClient } from '@lab/shared/runtime/http-client.ts';
import type { PaymentsConfig } from './config.ts';

export type OrdersClient = ReturnType<typeof createOrdersClient>;

/** Every call may throw DEPENDENCY_UNAVAILABLE (503) or DEPENDENCY_TIMEOUT (504). */
export function createOrdersClient(config: PaymentsConfig) {
  const http = createHttpClient({
    name: 'orders',
    baseUrls: config.ORDERS_URL,
    timeoutMs: config.ORDERS_TIMEOUT_MS,
    aws: config,
  });
  return {
    /** Repeatable. */
    settlePayment: (orderId: string, body: PaymentOutcome, call: Call): Promise<Order> =>
      http.send(settlePayment, { params: { orderId }, body }, call),
    close: http.close,
  };
}
