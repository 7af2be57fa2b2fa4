// reports/config.ts: every setting of the reports service, read once from the environment.
// The only file of this deployable that touches process.env.
import {
  awsSettings,
  commonSettings,
  databaseSettings,
  integer,
  parseConfig,
  pastOrdersSetting,
  queueUrl,
  text,
} from '@lab/shared/runtime/config.ts';

/** @throws BadConfig with one sentence that names the variable */
export const readConfig = (env = process.env) =>
  parseConfig(env, {
    ...commonSettings(4006),
    /** An SQS queue of events, which this service then reads; the same events come over REST as well. */
    REPORTS_QUEUE_URL: queueUrl,
    ...awsSettings(),
    ...databaseSettings('microservices/reports.db'),
    /**
     * Columns, and clickhouse:// on a server of their own; file: and postgres:// keep rows, for functions,
     * replicas and containers.
     */
    DATABASE_URL: text('duckdb:.lab/data/microservices/reports.duckdb'),
    /** Of the engine of columns: how many of its threads work at once. */
    REPORTS_THREADS: integer(1, 1, 16),
    /** And how much memory it takes, beyond which it writes to disk. */
    REPORTS_MEMORY_MB: integer(256, 64, 16_384),
    ...pastOrdersSetting(),
  });

export type ReportsConfig = ReturnType<typeof readConfig>;
