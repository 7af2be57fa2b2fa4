// orders/reports.client.ts: the way to the reports service.
// Made by neighbours.ts, used by the outbox relay.
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import { recordSale } from '@lab/shared/contract/reports.ts';
import { callFrom, requestIdFrom } from '@lab/shared/runtime/call.ts';
import { type ClientOptions, createHttpClient } from '@lab/shared/runtime/http-client.ts';

/** Every call may throw DEPENDENCY_UNAVAILABLE (503) or DEPENDENCY_TIMEOUT (504). */
export function createReportsClient(options: Omit<ClientOptions, 'name'>) {
  const http = createHttpClient({ name: 'reports', ...options });
  return {
    mostAtOnce: 1,
    /** At least once: resolves when the service has the events, repeated or not. */
    async deliver(events: readonly OrderEvent[]): Promise<void> {
      for (const event of events)
        await http.send(recordSale, { body: event }, callFrom({}, requestIdFrom({})));
    },
    close: http.close,
  };
}
