// notifications/config.ts: every setting of the notifications service, read once from the environment.
// The only file of this deployable that touches process.env.
import {
  awsSettings,
  commonSettings,
  databaseSettings,
  parseConfig,
  queueUrl,
} from '@lab/shared/runtime/config.ts';

/** @throws BadConfig with one sentence that names the variable */
export const readConfig = (env = process.env) =>
  parseConfig(env, {
    ...commonSettings(4005),
    /** An SQS queue of events, which this service then reads; the same events come over REST as well. */
    NOTIFICATIONS_QUEUE_URL: queueUrl,
    ...awsSettings(),
    ...databaseSettings('microservices/notifications.db'),
  });

export type NotificationsConfig = ReturnType<typeof readConfig>;
