// runtime/column-database.ts: what a database of columns can do beyond the others: take whole rows at once.
// Made by duckdb.ts; models that keep columns ask for it. Loads no engine.
import type { Database, Queries, Value } from './database.ts';

/** An open transaction on DuckDB. */
export interface Appending extends Queries {
  /**
   * Enters whole rows by the engine's appender, some hundred times as fast as INSERT. They count from
   * now on in this transaction, and are gone with it.
   * @param rows their values in the order of the table's columns; a DATE as `2026-11-22`, a TIMESTAMP in
   *   milliseconds since 1970, a BOOLEAN as 1 or 0
   * @throws RangeError for a row of another width; TypeError for a value of another type
   */
  append(table: string, rows: readonly (readonly Value[])[]): Promise<void>;
}

/** A Database whose tables are columns. */
export interface ColumnDatabase extends Database {
  readonly kind: 'duckdb';
  transaction<T>(work: (tx: Appending) => Promise<T>): Promise<T>;
}

export const keepsColumns = (db: Database): db is ColumnDatabase => db.kind === 'duckdb';
