// orders/notifications.client.ts: the way to the notifications service.
// Made by neighbours.ts, used by the outbox relay.
import { type OrderEvent, tellCustomer } from '@lab/shared/contract/notifications.ts';
import { callFrom, requestIdFrom } from '@lab/shared/runtime/call.ts';
import { type ClientOptions, createHttpClient } from '@lab/shared/runtime/http-client.ts';

/** Every call may throw DEPENDENCY_UNAVAILABLE (503) or DEPENDENCY_TIMEOUT (504). */
export function createNotificationsClient(options: Omit<ClientOptions, 'name'>) {
  const http = createHttpClient({ name: 'notifications', ...options });
  return {
    mostAtOnce: 1,
    /** At least once: resolves when the service has the events, repeated or not. */
    async deliver(events: readonly OrderEvent[]): Promise<void> {
      for (const event of events)
        await http.send(tellCustomer, { body: event }, callFrom({}, requestIdFrom({})));
    },
    close: http.close,
  };
}
