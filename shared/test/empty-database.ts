// test/empty-database.ts: a real SQLite database for one test, with the tables of the code under test.
// Used by the unit tests beside the code; closed and deleted when the test that opened it is over.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, openDatabase } from '../runtime/database.ts';
import { readMigrations } from '../runtime/migrations.ts';

/** @param testFile its `import.meta.url`: migrations/ lies beside it or one folder above */
export async function emptyDatabase(testFile: string): Promise<Database> {
  const beside = new URL('./migrations/', testFile);
  const above = new URL('../migrations/', testFile);
  const migrations = await readMigrations(existsSync(beside) ? beside : above);
  const folder = mkdtempSync(join(tmpdir(), 'lab-unit-'));
  const url = `file:${join(folder, 'shop.db')}`;
  const db = await openDatabase({ url, migrations });
  onTestFinished(async () => {
    await db.close();
    rmSync(folder, { recursive: true });
  });
  return db;
}
