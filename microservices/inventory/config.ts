// inventory/config.ts: every setting of the inventory service, read once from the environment.
// The only file of this deployable that touches process.env.
import { commonSettings, databaseSettings, parseConfig } from '@lab/shared/runtime/config.ts';

/** @throws BadConfig with one sentence that names the variable */
export const readConfig = (env = process.env) =>
  parseConfig(env, {
    ...commonSettings(4002),
    ...databaseSettings('microservices/inventory.db'),
  });

export type InventoryConfig = ReturnType<typeof readConfig>;
