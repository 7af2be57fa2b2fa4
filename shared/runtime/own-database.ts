// runtime/own-database.ts: opens the database of a deployable, with the schema that lies beside its entry.
// Called by each server.ts.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Database, openDatabase } from './database.ts';

/**
 * @param entry the `import.meta.url` of the server: schema.sql and, in a zip, SQLite's native
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
    schema: await readFile(new URL('./schema.sql', entry), 'utf8'),
    ...(existsSync(addon) && { sqliteAddon: addon }),
  });
}
