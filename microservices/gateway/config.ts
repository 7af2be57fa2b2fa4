// gateway/config.ts: every setting of the gateway, read once from the environment.
// The only file of this deployable that touches process.env.
import {
  commonSettings,
  doorSettings,
  httpUrl,
  integer,
  parseConfig,
} from '@lab/shared/runtime/config.ts';

/** @throws BadConfig with one sentence that names the variable */
export const readConfig = (env = process.env) =>
  parseConfig(env, {
    ...commonSettings(4000),
    ...doorSettings(),
    CATALOG_URL: httpUrl('http://127.0.0.1:4001'),
    INVENTORY_URL: httpUrl('http://127.0.0.1:4002'),
    ORDERS_URL: httpUrl('http://127.0.0.1:4003'),
    PAYMENTS_URL: httpUrl('http://127.0.0.1:4004'),
    NOTIFICATIONS_URL: httpUrl('http://127.0.0.1:4005'),
    REPORTS_URL: httpUrl('http://127.0.0.1:4006'),
    /** How long a service may take; checked about every half second. */
    SERVICE_TIMEOUT_MS: integer(10_000, 100, 60_000),
    CONNECTIONS_PER_SERVICE: integer(128, 1, 10_000),
  });

export type GatewayConfig = ReturnType<typeof readConfig>;
