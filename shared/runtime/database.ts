// The one door to SQL: a statement is written once and runs on SQLite, PostgreSQL and DuckDB.
// Every server opens one at start-up (DATABASE_URL); every model.ts takes Queries first.

import { sentence, UnusableDatabase } from './database-errors.ts';
import type { DatabaseFaults } from './database-faults.ts';
import type { Migration } from './migrations.ts';

export { DamagedDatabase, DuplicateKey, UnusableDatabase } from './database-errors.ts';

/**
 * What goes into a statement and what comes out of a row, on both engines. Whole numbers must stay
 * within ±2^53; a condition (`left > 0 AS available`) comes out as 1 or 0; other types as text.
 */
export type Value = string | number | null;

/**
 * What a model file takes: the database, or an open transaction.
 * Placeholders are `$1, $2…`. SQLite and PostgreSQL keep statements prepared for ever by their text,
 * so a text is built from constants and never from values.
 */
export interface Queries {
  /** @returns every row, `[]` when there is none; columns in snake_case (PostgreSQL folds names) */
  all<Row>(sql: string, params?: readonly Value[]): Promise<Row[]>;
  /** @returns the first row, or undefined when there is none */
  get<Row>(sql: string, params?: readonly Value[]): Promise<Row | undefined>;
  /**
   * @returns how many rows were inserted, updated or deleted
   * @throws DuplicateKey as `all` and `get` do for a statement with RETURNING
   */
  run(sql: string, params?: readonly Value[]): Promise<{ changes: number }>;
}

/** An open database. Every promise rejects once it is closed. */
export interface Database extends Queries {
  /** `clickhouse` is opened by reports alone. */
  readonly kind: 'sqlite' | 'postgres' | 'duckdb' | 'clickhouse';
  /**
   * Commits what `work` did, or rolls all of it back and rethrows. Only `tx` belongs to the
   * transaction: a write through the database itself waits for `work` to end (SQLite, 10 s).
   * One failed statement fails the transaction, even when `work` catches it: PostgreSQL's rule,
   * kept on both. `tx` refuses once `work` has settled.
   */
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  /** For the fault switches only. */
  readonly faults: DatabaseFaults;
  /** Asks the engine for one row; rejects when it does not answer. */
  ping(): Promise<void>;
  /** Waits for what is under way, then closes. May be called again. */
  close(): Promise<void>;
}

/** How to open a database. */
export interface DatabaseOptions {
  /** `file:<path>` for SQLite, `postgres://…` or `postgresql://…`, `duckdb:<path>` for columns */
  readonly url: string;
  /** those that it lacks are applied in order, all of them in one transaction */
  readonly migrations: readonly Migration[];
  /** connections to PostgreSQL, ≥ 1, 10 unless given; SQLite always has a writer and a reader */
  readonly poolSize?: number;
  /** path of better_sqlite3.node; found in node_modules unless given */
  readonly sqliteAddon?: string;
}

/**
 * Opens the database the URL names and applies the migrations that it lacks; one that has more than
 * the code knows is opened too. Makes the folder of an SQLite file.
 * @throws UnusableDatabase with one sentence for a person
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  // Loaded on demand: pg alone takes 50 ms, which a shop on SQLite should not pay at each start.
  if (options.url.startsWith('file:')) {
    const { openSqlite } = await import('./sqlite.ts');
    return openSqlite(options);
  }
  if (/^postgres(ql)?:\/\//.test(options.url)) {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(options);
  }
  if (options.url.startsWith('duckdb:')) {
    const { openDuckdb } = await import('./duckdb.ts');
    return openDuckdb(options);
  }
  // The value stays out of the sentence: it may hold a password.
  throw new UnusableDatabase(
    sentence(
      'DATABASE_URL must begin with file:, postgres:// or duckdb:',
      'write file:data/shop.db for one',
    ),
  );
}
