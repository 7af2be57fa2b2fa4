// payments/orders.client.ts: the way to the orders service, for payments that came through a queue.
// Made by server.ts and handler.ts, used by controller.ts.
import { type Order, type PaymentOutcome, settlePayment } from '@lab/shared/contract/orders.ts';
import type { Call } from '@lab/shared/runtime/call.ts';
import type { HttpClient } from '@lab/shared/runtime/http-client.ts';
import type { PaymentsConfig } from './config.ts';

export type OrdersClient = ReturnType<typeof createOrdersClient>;

/** Every call may throw DEPENDENCY_UNAVAILABLE (503) or DEPENDENCY_TIMEOUT (504). */
export function createOrdersClient(config: PaymentsConfig) {
  const { ORDERS_URL: baseUrls, ORDERS_TIMEOUT_MS: timeoutMs } = config;
  let made: Promise<HttpClient> | undefined;
  async function make(): Promise<HttpClient> {
    const { createHttpClient } = await import('@lab/shared/runtime/http-client.ts');
    return createHttpClient({ name: 'orders', baseUrls, timeoutMs, aws: config });
  }
  // At the first call: a service that only answers should not pay for it, nor its cold start.
  const http = () => (made ??= make());
  return {
    /** Repeatable. */
    settlePayment: async (orderId: string, body: PaymentOutcome, call: Call): Promise<Order> =>
      (await http()).send(settlePayment, { params: { orderId }, body }, call),
    close: async (): Promise<void> => (await made)?.close(),
  };
}
