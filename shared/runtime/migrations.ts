// runtime/migrations.ts: the numbered steps that bring a database to what the code expects, each once.
// Called on opening by sqlite-connections.ts and postgres-open.ts; own-database.ts reads the files.
import { readdir, readFile } from 'node:fs/promises';
import { sentence, UnusableDatabase } from './database-errors.ts';

/** One file of a folder `migrations/`, as `{ name: '0001-shop.sql', sql: 'CREATE TABLE …' }`. */
export interface Migration {
  /** Begins with its number in four digits, from 0001 without a gap, and a hyphen. */
  readonly name: string;
  /** One or several statements that both engines understand; none that ends a transaction. */
  readonly sql: string;
}

/** Each database has this table beside its own. */
export const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS migrations (
  number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)`;

/** Of a database that is refused, because nobody can tell which columns its tables have. */
export const UNRECORDED = 'has tables but no record of migrations, as earlier versions left it';

/** @param folder with a slash at its end */
export async function readMigrations(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql'));
  return Promise.all(
    names.map(async (name) => ({ name, sql: await readFile(new URL(name, folder), 'utf8') })),
  );
}

/**
 * Those that a database lacks, in order. Numbers beyond ours are no fault: older code runs on a newer
 * schema during a rolling deployment and after a rollback.
 * @param applied the numbers in its table
 * @throws UnusableDatabase when the names are not numbered 1, 2, 3 …
 */
export function missingMigrations(migrations: readonly Migration[], applied: readonly number[]) {
  return numbered(migrations).filter(({ number }) => !applied.includes(number));
}

function numbered(migrations: readonly Migration[]) {
  const inOrder = migrations.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return inOrder.map((migration, index) => {
    const number = index + 1;
    const digits = String(number).padStart(4, '0');
    if (migration.name.startsWith(`${digits}-`)) return { ...migration, number };
    const wrong = `The migration ${migration.name} stands where number ${digits} is due`;
    throw new UnusableDatabase(sentence(wrong, 'number them from 0001, without a gap, each once'));
  });
}
