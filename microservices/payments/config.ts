// payments/config.ts: every setting of the payments service, read once from the environment.
// The only file of this deployable that touches process.env.
import {
  commonSettings,
  databaseSettings,
  parseConfig,
  pastOrdersSetting,
} from '@lab/shared/runtime/config.ts';

/** @throws BadConfig with one sentence that names the variable */
export const readConfig = (env = process.env) =>
  parseConfig(env, {
    ...commonSettings(4004),
    ...databaseSettings('microservices/payments.db'),
    ...pastOrdersSetting(),
  });

export type PaymentsConfig = ReturnType<typeof readConfig>;
