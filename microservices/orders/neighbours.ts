// orders/neighbours.ts: the clients of every service that a checkout needs, made from the config.
// Called by server.ts and handler.ts; this list is what a monolith gets for nothing.
import { createCatalogClient } from './catalog.client.ts';
import type { OrdersConfig } from './config.ts';
import { createInventoryClient } from './inventory.client.ts';
import { createNotificationsClient } from './notifications.client.ts';
import { createPaymentsClient } from './payments.client.ts';
import { createQueueClient } from './queue.client.ts';
import { createReportsClient } from './reports.client.ts';

export type Neighbours = ReturnType<typeof createNeighbours>;

export function createNeighbours(config: OrdersConfig) {
  const at = (baseUrls: readonly string[], timeoutMs: number) => ({
    baseUrls,
    timeoutMs,
    aws: config,
  });
  const queued = (url: string, timeoutMs: number) =>
    createQueueClient({ url, timeoutMs, aws: config });
  return {
    catalog: createCatalogClient(at(config.CATALOG_URL, config.CATALOG_TIMEOUT_MS)),
    inventory: createInventoryClient(at(config.INVENTORY_URL, config.INVENTORY_TIMEOUT_MS)),
    payments: createPaymentsClient(at(config.PAYMENTS_URL, config.PAYMENTS_TIMEOUT_MS)),
    notifications: config.NOTIFICATIONS_QUEUE_URL
      ? queued(config.NOTIFICATIONS_QUEUE_URL, config.NOTIFICATIONS_TIMEOUT_MS)
      : createNotificationsClient(at(config.NOTIFICATIONS_URL, config.NOTIFICATIONS_TIMEOUT_MS)),
    reports: config.REPORTS_QUEUE_URL
      ? queued(config.REPORTS_QUEUE_URL, config.REPORTS_TIMEOUT_MS)
      : createReportsClient(at(config.REPORTS_URL, config.REPORTS_TIMEOUT_MS)),
  };
}
