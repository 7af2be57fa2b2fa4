// catalog/config.ts: every setting of the catalog service, read once from the environment.
// The only file of this deployable that touches process.env.
import { commonSettings, databaseSettings, parseConfig } from '@lab/shared/runtime/config.ts';

/** @throws BadConfig with one sentence that names the variable */
export const readConfig = (env = process.env) =>
  parseConfig(env, {
    ...commonSettings(4001),
    ...databaseSettings('microservices/catalog.db'),
  });

export type CatalogConfig = ReturnType<typeof readConfig>;
