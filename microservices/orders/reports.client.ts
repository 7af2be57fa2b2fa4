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
    /** Side by side: books in columns want batches, and all books take events in any order. */
    mostAtOnce: 20,
    /**
     * At least once: resolves when the service has all of the events, repeated or not.
     * @throws what the first of those threw that failed, once all others have been answered
     */
    async deliver(events: readonly OrderEvent[]): Promise<void> {
      const sent = events.map((event) =>
        http.send(recordSale, { body: event }, callFrom({}, requestIdFrom({}))),
      );
      const failed = (await Promise.allSettled(sent)).find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
    },
    close: http.close,
  };
}
