// test/empty-database.ts: a real database for one test, with the tables of the code under test.
// Used by the unit tests beside the code; closed and deleted when the test that opened it is over.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, openDatabase } from '../runtime/database.ts';
import { readMigrations } from '../runtime/migrations.ts';

/**
 * On SQLite, or on DuckDB with the tables that lie in migrations/columns/.
 * @param testFile its `import.meta.url`: migrations/ lies beside it or one folder above
 */
export async function emptyDatabase(
  testFile: string,
  scheme: 'file' | 'duckdb' = 'file',
): Promise<Database> {
  const name = scheme === 'duckdb' ? 'migrations/columns/' : 'migrations/';
  const beside = new URL(`./${name}`, testFile);
  const above = new URL(`../${name}`, testFile);
  const migrations = await readMigrations(existsSync(beside) ? beside : above);
  const folder = mkdtempSync(join(tmpdir(), 'lab-unit-'));
  const url = `${scheme}:${join(folder, 'shop.db')}`;
  const db = await openDatabase({ url, migrations });
  onTestFinished(async () => {
    await db.close();
    rmSync(folder, { recursive: true });
  });
  return db;
}
