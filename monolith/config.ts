// monolith/config.ts: every setting of the monolith, read once from the environment.
// The only file of this deployable that touches process.env.
import {
  commonSettings,
  databaseSettings,
  doorSettings,
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
  });

export type MonolithConfig = ReturnType<typeof readConfig>;
