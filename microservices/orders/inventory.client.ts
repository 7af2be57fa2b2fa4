// orders/inventory.client.ts: the way to the inventory service.
// Made by neighbours.ts, used by controller.ts.
import {
  type NewReservation,
  type Reservation,
  returnStock,
  takeStock,
} from '@lab/shared/contract/inventory.ts';
import type { Call } from '@lab/shared/runtime/call.ts';
import { type ClientOptions, createHttpClient } from '@lab/shared/runtime/http-client.ts';

/** Every call may throw DEPENDENCY_UNAVAILABLE (503) or DEPENDENCY_TIMEOUT (504). */
export function createInventoryClient(options: Omit<ClientOptions, 'name'>) {
  const http = createHttpClient({ name: 'inventory', ...options });
  return {
    /** @throws OUT_OF_STOCK, RESERVATION_RETURNED (409) */
    takeStock: (body: NewReservation, call: Call): Promise<Reservation> =>
      http.send(takeStock, { body }, call),
    returnStock: (orderId: string, call: Call): Promise<Reservation> =>
      http.send(returnStock, { params: { orderId } }, call),
    ping: http.ping,
    close: http.close,
  };
}
