// gateway/services.ts: the services behind the door: for each its addresses, and a way to all or one.
// Made by server.ts; function-services.ts makes them of functions.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { createHttpClient } from '@lab/shared/runtime/http-client.ts';
import { createUpstream } from '@lab/shared/runtime/replicas.ts';
import type { Dispatcher } from 'undici';
import type { GatewayConfig } from './config.ts';

export interface Service {
  name: Feature;
  /** Asks one of its replicas. */
  pool: Dispatcher;
  replicas: readonly Replica[];
  /** Does any replica answer? Rejects when none does. */
  ping(): Promise<void>;
}

export interface Replica {
  /** `catalog`, `catalog-2`, … in the order of the addresses. */
  name: string;
  pool: Dispatcher;
}

export type Services = Readonly<Record<Feature, Service>>;

export function createServices(config: GatewayConfig): Services & { close(): Promise<void> } {
  const urls: Record<Feature, readonly string[]> = {
    catalog: config.CATALOG_URL,
    inventory: config.INVENTORY_URL,
    orders: config.ORDERS_URL,
    payments: config.PAYMENTS_URL,
    notifications: config.NOTIFICATIONS_URL,
    reports: config.REPORTS_URL,
  };
  const timeoutMs = config.SERVICE_TIMEOUT_MS;
  const made = features.map((name) => {
    const upstream = createUpstream(urls[name], {
      connections: config.CONNECTIONS_PER_SERVICE,
      connectTimeout: timeoutMs,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    const pingers = urls[name].map((url) =>
      createHttpClient({ name, baseUrls: [url], timeoutMs: 1000, connections: 1 }),
    );
    const replicas = upstream.pools.map((pool, index) => ({
      name: replicaName(name, index),
      pool,
    }));
    const ping = () => firstToAnswer(pingers.map((pinger) => pinger.ping()));
    const close = () => [upstream, ...pingers].map((one) => one.close());
    return { name, pool: upstream.dispatcher, replicas, ping, close };
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

const replicaName = (name: string, index: number) => (index === 0 ? name : `${name}-${index + 1}`);

/** @throws what the first one said, when all failed */
function firstToAnswer(answers: readonly Promise<void>[]): Promise<void> {
  return Promise.any(answers).catch((all: AggregateError) => {
    throw all.errors[0];
  });
}
