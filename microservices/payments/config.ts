// payments/config.ts: every setting of the payments service, read once from the environment.
// The only file of this deployable that touches process.env.
import {
  addresses,
  awsSettings,
  commonSettings,
  databaseSettings,
  integer,
  parseConfig,
  pastOrdersSetting,
  queueUrl,
} from '@lab/shared/runtime/config.ts';

/** @throws BadConfig with one sentence that names the variable */
export const readConfig = (env = process.env) =>
  parseConfig(env, {
    ...commonSettings(4004),
    ...databaseSettings('microservices/payments.db'),
    ...pastOrdersSetting(),
    /** An SQS queue of requests, which this service then reads. */
    PAYMENTS_QUEUE_URL: queueUrl,
    // DIFFERS: whoever asked through a queue is told afterwards, docs/decisions/0034
    ORDERS_URL: addresses('http://127.0.0.1:4003'),
    ORDERS_TIMEOUT_MS: integer(3000, 1, 60_000),
    ...awsSettings(),
  });

export type PaymentsConfig = ReturnType<typeof readConfig>;
