// gateway/config.ts: every setting of the gateway, read once from the environment.
// The only file of this deployable that touches process.env.
import {
  awsSettings,
  commonSettings,
  doorSettings,
  httpUrls,
  integer,
  parseConfig,
  text,
} from '@lab/shared/runtime/config.ts';

/** @throws BadConfig with one sentence that names the variable */
export const readConfig = (env = process.env) =>
  parseConfig(env, {
    ...doorOf('microservices', 1000),
    CATALOG_URL: httpUrls('http://127.0.0.1:4001'),
    INVENTORY_URL: httpUrls('http://127.0.0.1:4002'),
    ORDERS_URL: httpUrls('http://127.0.0.1:4003'),
    PAYMENTS_URL: httpUrls('http://127.0.0.1:4004'),
    NOTIFICATIONS_URL: httpUrls('http://127.0.0.1:4005'),
    REPORTS_URL: httpUrls('http://127.0.0.1:4006'),
    /** How long a service may take; checked about every half second. */
    SERVICE_TIMEOUT_MS: integer(10_000, 100, 60_000),
    CONNECTIONS_PER_SERVICE: integer(128, 1, 10_000),
  });

export type GatewayConfig = ReturnType<typeof readConfig>;

/** Those of the door as a function; the functions behind it are called `<SHOP_NAME>-catalog` and so on. */
export const readFunctionConfig = (env = process.env) =>
  parseConfig(env, { ...doorOf('serverless', 4000), ...awsSettings(), SHOP_NAME: text('shop') });

export type FunctionConfig = ReturnType<typeof readFunctionConfig>;

/**
 * @param shape what `GET /topology` calls the whole
 * @param askTimeoutMs a hung service must not make people wait; a function may have a cold start
 */
const doorOf = (shape: string, askTimeoutMs: number) => ({
  ...commonSettings(4000),
  ...doorSettings(),
  SHAPE: text(shape),
  /** How long a service may take to say how it is, or to take a fault. */
  ASK_TIMEOUT_MS: integer(askTimeoutMs, 100, 20_000),
});
