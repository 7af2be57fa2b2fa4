// queue-server/config.ts: every setting of the queue process, read once from the environment.
// The only file of this deployable that touches process.env.
import { integer, list, parseConfig, text } from '@lab/shared/runtime/config.ts';

/** @throws BadConfig with one sentence that names the variable */
export const readConfig = (env = process.env) =>
  parseConfig(env, {
    HOST: text('127.0.0.1'),
    PORT: integer(4007, 1, 65_535),
    /** Made at the start where they are missing, each with a `-dead` one behind it. */
    QUEUES: list(['shop-notifications-events', 'shop-reports-events', 'shop-payment-requests']),
    /** Where what waits is kept; empty: in memory only. */
    JOURNAL_FILE: text(''),
    /** How long a message stays hidden that was handed out, and comes again if it is not removed. */
    VISIBILITY_TIMEOUT_S: integer(30, 1, 43_200),
  });

export type QueueConfig = ReturnType<typeof readConfig>;
