// gateway/services.ts: the services behind the door: a keep-alive pool and an address for each.
// Made by server.ts.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { createHttpClient } from '@lab/shared/runtime/http-client.ts';
import { Pool } from 'undici';
import type { GatewayConfig } from './config.ts';

export interface Service {
  name: Feature;
  pool: Pool;
  ping(): Promise<void>;
}

export type Services = Readonly<Record<Feature, Service>>;

export function createServices(config: GatewayConfig): Services & { close(): Promise<void> } {
  const urls: Record<Feature, string> = {
    catalog: config.CATALOG_URL,
    inventory: config.INVENTORY_URL,
    orders: config.ORDERS_URL,
    payments: config.PAYMENTS_URL,
    notifications: config.NOTIFICATIONS_URL,
    reports: config.REPORTS_URL,
  };
  const timeoutMs = config.SERVICE_TIMEOUT_MS;
  const made = features.map((name) => {
    const pool = new Pool(urls[name], {
      connections: config.CONNECTIONS_PER_SERVICE,
      connectTimeout: timeoutMs,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    const pinger = createHttpClient({ name, baseUrl: urls[name], timeoutMs: 1000, connections: 1 });
    return { name, pool, ping: pinger.ping, close: () => [pool.close(), pinger.close()] };
  });
  const byName = Object.fromEntries(
    made.map((service) => [service.name, service] as const),
  ) as unknown as Services;
  return {
    ...byName,
    close: async () => {
      await Promise.all(made.flatMap((service) => service.close()));
    },
  };
}
