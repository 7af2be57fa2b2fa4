// orders/neighbours.ts: the clients of every service that a checkout needs, made from the config.
// Called by server.ts; this list is what a monolith gets for nothing.
import { createCatalogClient } from './catalog.client.ts';
import type { OrdersConfig } from './config.ts';
import { createInventoryClient } from './inventory.client.ts';
import { createNotificationsClient } from './notifications.client.ts';
import { createPaymentsClient } from './payments.client.ts';
import { createReportsClient } from './reports.client.ts';

export type Neighbours = ReturnType<typeof createNeighbours>;

export function createNeighbours(config: OrdersConfig) {
  return {
    catalog: createCatalogClient(at(config.CATALOG_URL, config.CATALOG_TIMEOUT_MS)),
    inventory: createInventoryClient(at(config.INVENTORY_URL, config.INVENTORY_TIMEOUT_MS)),
    payments: createPaymentsClient(at(config.PAYMENTS_URL, config.PAYMENTS_TIMEOUT_MS)),
    notifications: createNotificationsClient(
      at(config.NOTIFICATIONS_URL, config.NOTIFICATIONS_TIMEOUT_MS),
    ),
    reports: createReportsClient(at(config.REPORTS_URL, config.REPORTS_TIMEOUT_MS)),
  };
}

const at = (baseUrl: string, timeoutMs: number) => ({ baseUrl, timeoutMs });
