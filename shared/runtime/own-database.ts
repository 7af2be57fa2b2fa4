// runtime/own-database.ts: opens the database of a deployable, with the migrations that lie beside its entry.
// Called by each server.ts.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Database, openDatabase, UnusableDatabase } from './database.ts';
import { sentence } from './database-errors.ts';
import { type Migration, readMigrations } from './migrations.ts';

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
    migrations: await migrationsFor(config.DATABASE_URL, entry),
    ...(existsSync(addon) && { sqliteAddon: addon }),
  });
}

/** Columns have tables of their own, in migrations/columns/ of a deployable that keeps any. */
async function migrationsFor(url: string, entry: string): Promise<Migration[]> {
  if (!url.startsWith('duckdb:')) return readMigrations(new URL('./migrations/', entry));
  const columns = new URL('./migrations/columns/', entry);
  if (existsSync(columns)) return readMigrations(columns);
  const wrong = 'DATABASE_URL begins with duckdb:, and this process keeps no columns';
  throw new UnusableDatabase(sentence(wrong, 'write file: or postgres://'));
}
