// orders/config.ts: every setting of the orders service, read once from the environment.
// The only file of this deployable that touches process.env.
import { couplings } from '@lab/shared/contract/couplings.ts';
import {
  addresses,
  awsSettings,
  callbackSettings,
  commonSettings,
  databaseSettings,
  integer,
  oneOf,
  onOff,
  parseConfig,
  pastOrdersSetting,
  queueUrl,
} from '@lab/shared/runtime/config.ts';

/** @throws BadConfig with one sentence that names the variable */
export const readConfig = (env = process.env) =>
  parseConfig(env, {
    ...commonSettings(4003),
    ...databaseSettings('microservices/orders.db'),
    ...pastOrdersSetting(),
    ...callbackSettings(),
    /** On for replicas: an order that is placed may be another one's, and under way. */
    SHARES_DATABASE: onOff(false),
    // DIFFERS: neighbours have addresses, and may not answer, docs/decisions/0005
    CATALOG_URL: addresses('http://127.0.0.1:4001'),
    CATALOG_TIMEOUT_MS: integer(1000, 1, 60_000),
    INVENTORY_URL: addresses('http://127.0.0.1:4002'),
    INVENTORY_TIMEOUT_MS: integer(1000, 1, 60_000),
    PAYMENTS_URL: addresses('http://127.0.0.1:4004'),
    PAYMENTS_TIMEOUT_MS: integer(3000, 1, 60_000),
    NOTIFICATIONS_URL: addresses('http://127.0.0.1:4005'),
    NOTIFICATIONS_TIMEOUT_MS: integer(1000, 1, 60_000),
    REPORTS_URL: addresses('http://127.0.0.1:4006'),
    REPORTS_TIMEOUT_MS: integer(1000, 1, 60_000),
    /** SQS queues before those who follow orders: where all are, they can be told through them. */
    NOTIFICATIONS_QUEUE_URL: queueUrl,
    REPORTS_QUEUE_URL: queueUrl,
    /** For the payments of checkouts that nobody waits for. */
    PAYMENTS_QUEUE_URL: queueUrl,
    /** How they are told until somebody switches it over PUT /coupling. */
    LAB_COUPLING: oneOf(couplings, 'sync'),
    ...awsSettings(),
  });

export type OrdersConfig = ReturnType<typeof readConfig>;
