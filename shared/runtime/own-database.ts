// runtime/own-database.ts: opens the database of a deployable, with the migrations that lie beside its entry.
// Called by each server.ts.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Database, openDatabase } from './database.ts';
import { readMigrations } from './migrations.ts';

/**
 * @param entry the `import.meta.url` of the server: migrations/ and, in a zip, SQLite's native
 *   addon are its neighbours
 * @throws UnusableDatabase with one sentence
 */
export async function openOwnDatabase(
  entry: string,
  config: { DATABASE_URL: string; DATABASE_POOL_SIZE: number },
): Promise<Database> {
  const addon = fileURLToPath(new URL('./better_sqlite3.node', entry));
  return openDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    migrations: await readMigrations(new URL('./migrations/', entry)),
    ...(existsSync(addon) && { sqliteAddon: addon }),
  });
}
