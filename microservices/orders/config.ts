// orders/config.ts: every setting of the orders service, read once from the environment.
// The only file of this deployable that touches process.env.
import {
  commonSettings,
  databaseSettings,
  httpUrl,
  integer,
  parseConfig,
  pastOrdersSetting,
} from '@lab/shared/runtime/config.ts';

/** @throws BadConfig with one sentence that names the variable */
export const readConfig = (env = process.env) =>
  parseConfig(env, {
    ...commonSettings(4003),
    ...databaseSettings('microservices/orders.db'),
    ...pastOrdersSetting(),
    // DIFFERS: neighbours have addresses, and may not answer, docs/decisions/0005
    CATALOG_URL: httpUrl('http://127.0.0.1:4001'),
    CATALOG_TIMEOUT_MS: integer(1000, 1, 60_000),
    INVENTORY_URL: httpUrl('http://127.0.0.1:4002'),
    INVENTORY_TIMEOUT_MS: integer(1000, 1, 60_000),
    PAYMENTS_URL: httpUrl('http://127.0.0.1:4004'),
    PAYMENTS_TIMEOUT_MS: integer(3000, 1, 60_000),
    NOTIFICATIONS_URL: httpUrl('http://127.0.0.1:4005'),
    NOTIFICATIONS_TIMEOUT_MS: integer(1000, 1, 60_000),
    REPORTS_URL: httpUrl('http://127.0.0.1:4006'),
    REPORTS_TIMEOUT_MS: integer(1000, 1, 60_000),
  });

export type OrdersConfig = ReturnType<typeof readConfig>;
