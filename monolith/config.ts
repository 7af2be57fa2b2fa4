// monolith/config.ts: every setting of the monolith, read once from the environment.
// The only file of this deployable that touches process.env.
import {
  callbackSettings,
  commonSettings,
  databaseSettings,
  doorSettings,
  integer,
  oneOf,
  parseConfig,
  pastOrdersSetting,
} from '@lab/shared/runtime/config.ts';

/** @throws BadConfig with one sentence that names the variable */
export const readConfig = (env = process.env) =>
  parseConfig(env, {
    ...commonSettings(3000),
    ...databaseSettings('monolith/monolith.db'),
    ...doorSettings(),
    ...pastOrdersSetting(),
    ...callbackSettings(),
    /** Above 1, that many processes share the port and the database, and a primary leads them. */
    WORKERS: integer(1, 1, 16),
    /** After how long up a worker's next restart waits 100 ms again. */
    WORKER_PROVEN_AFTER_MS: integer(10_000, 0, 600_000),
    /** Where reports are read: on the event loop, in a thread, or in a process of their own. */
    REPORTS_PLACEMENT: oneOf(['loop', 'worker', 'process'], 'loop'),
  });

export type MonolithConfig = ReturnType<typeof readConfig>;
