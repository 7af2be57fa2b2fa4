// reports/config.ts: every setting of the reports service, read once from the environment.
// The only file of this deployable that touches process.env.
import {
  awsSettings,
  commonSettings,
  databaseSettings,
  parseConfig,
  pastOrdersSetting,
  queueUrl,
} from '@lab/shared/runtime/config.ts';

/** @throws BadConfig with one sentence that names the variable */
export const readConfig = (env = process.env) =>
  parseConfig(env, {
    ...commonSettings(4006),
    /** An SQS queue of events, which this service then reads; the same events come over REST as well. */
    REPORTS_QUEUE_URL: queueUrl,
    ...awsSettings(),
    ...databaseSettings('microservices/reports.db'),
    ...pastOrdersSetting(),
  });

export type ReportsConfig = ReturnType<typeof readConfig>;
