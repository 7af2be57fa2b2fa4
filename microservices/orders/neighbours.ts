// orders/neighbours.ts: the clients of every service that a checkout needs, made from the config.
// Called by server.ts and handler.ts; this list is what a monolith gets for nothing.
import type { Coupling } from '@lab/shared/contract/couplings.ts';
import type { Queries } from '@lab/shared/runtime/database.ts';
import { createCatalogClient } from './catalog.client.ts';
import type { OrdersConfig } from './config.ts';
import { createInventoryClient } from './inventory.client.ts';
import { createNotificationsClient } from './notifications.client.ts';
import type { Follower } from './outbox.model.ts';
import type { Courier, Couriers } from './outbox.ts';
import { createPaymentsClient } from './payments.client.ts';
import { createQueueClient } from './queue.client.ts';
import { createReportsClient } from './reports.client.ts';
import { currentCoupling, type Wiring } from './wiring.ts';

export type Neighbours = ReturnType<typeof createNeighbours>;

export function createNeighbours(config: OrdersConfig) {
  const at = (baseUrls: readonly string[], timeoutMs: number) => ({
    baseUrls,
    timeoutMs,
    aws: config,
  });
  const queued = (url: string, timeoutMs: number) =>
    url === '' ? undefined : createQueueClient({ url, timeoutMs, aws: config });
  return {
    catalog: createCatalogClient(at(config.CATALOG_URL, config.CATALOG_TIMEOUT_MS)),
    inventory: createInventoryClient(at(config.INVENTORY_URL, config.INVENTORY_TIMEOUT_MS)),
    payments: createPaymentsClient(at(config.PAYMENTS_URL, config.PAYMENTS_TIMEOUT_MS)),
    notifications: twoWays(
      createNotificationsClient(at(config.NOTIFICATIONS_URL, config.NOTIFICATIONS_TIMEOUT_MS)),
      queued(config.NOTIFICATIONS_QUEUE_URL, config.NOTIFICATIONS_TIMEOUT_MS),
    ),
    reports: twoWays(
      createReportsClient(at(config.REPORTS_URL, config.REPORTS_TIMEOUT_MS)),
      queued(config.REPORTS_QUEUE_URL, config.REPORTS_TIMEOUT_MS),
    ),
    paymentRequests: queued(config.PAYMENTS_QUEUE_URL, config.PAYMENTS_TIMEOUT_MS),
  };
}

/** The way to each follower, chosen anew at each look at the outbox. */
export function couriersOf(
  { notifications, reports, paymentRequests }: Carried,
  db: Queries,
  wiring: Wiring,
): Couriers {
  const chosen = (ways: Ways) => async () => ways[await currentCoupling(db, wiring)];
  const followers = { notifications: chosen(notifications), reports: chosen(reports) };
  // What was asked for through the queue stays there, however followers are told by then.
  return paymentRequests === undefined
    ? followers
    : { ...followers, payments: async () => paymentRequests };
}

interface Carried extends Readonly<Record<Follower, Ways>> {
  readonly paymentRequests?: Courier | undefined;
}
type Ways = Readonly<Record<Coupling, Courier>>;
type Client = Courier & { close(): Promise<void> };

function twoWays(sync: Client, queue: Client | undefined) {
  const close = () => Promise.all([sync.close(), queue?.close()]);
  return { sync, queue: queue ?? sync, close };
}
