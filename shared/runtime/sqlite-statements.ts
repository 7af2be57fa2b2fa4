// Statements of one SQLite connection: placeholders, binding, and errors in the Database's terms.
// Called by sqlite.ts; everything here is synchronous.
import SqliteFile from 'better-sqlite3';
import type { Value } from './database.ts';
import { DuplicateKey } from './database-errors.ts';

/** A statement with a place for each value: `places[i]` is the index in params of its i-th `?`. */
export interface Prepared {
  readonly statement: SqliteFile.Statement<unknown[]>;
  readonly places: readonly number[];
  readonly paramCount: number;
  /** true when it cannot write, so that a read-only connection may run it */
  readonly reads: boolean;
}

/** Finds the prepared statement of a text, or prepares it; throws on wrong SQL. */
export type Prepare = (sql: string) => Prepared;

/** @returns a Prepare that keeps every statement for the life of the connection */
export function preparing(connection: SqliteFile.Database): Prepare {
  const cache = new Map<string, Prepared>();
  return (sql) => {
    let prepared = cache.get(sql);
    if (prepared === undefined) {
      prepared = prepare(connection, sql);
      cache.set(sql, prepared);
    }
    return prepared;
  };
}

/** What `$n` can hide in (text, quoted names, comments), or `$n` itself. */
const QUOTED_OR_PLACEHOLDER = /'[^']*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\d+)/g;

function prepare(connection: SqliteFile.Database, sql: string): Prepared {
  const places: number[] = [];
  const positional = sql.replace(QUOTED_OR_PLACEHOLDER, (found, number?: string) => {
    if (number === undefined) return found;
    places.push(Number(number) - 1);
    return '?';
  });
  const statement = connection.prepare<unknown[]>(positional);
  // BEGIN on the shared reader would freeze what everyone sees.
  if (statement.readonly && !statement.reader) {
    throw new Error(
      `Not a statement on rows: ${sql} (for BEGIN and the like there is transaction()).`,
    );
  }
  const paramCount = Math.max(-1, ...places) + 1;
  return { statement, places, paramCount, reads: statement.readonly };
}

/**
 * @throws DuplicateKey, RangeError when the number of values is not the number of placeholders
 */
export function allRows(prepared: Prepared, params: readonly Value[]): unknown[] {
  try {
    return prepared.statement.all(bound(prepared, params));
  } catch (error) {
    throw translated(error);
  }
}

/**
 * @returns the first row or undefined
 * @throws as allRows does
 */
export function firstRow(prepared: Prepared, params: readonly Value[]): unknown {
  try {
    return prepared.statement.get(bound(prepared, params));
  } catch (error) {
    throw translated(error);
  }
}

/**
 * @returns rows written, or rows returned when the statement has RETURNING
 * @throws as allRows does
 */
export function changesOf(prepared: Prepared, params: readonly Value[]): { changes: number } {
  if (prepared.statement.reader) return { changes: allRows(prepared, params).length };
  try {
    return { changes: prepared.statement.run(bound(prepared, params)).changes };
  } catch (error) {
    throw translated(error);
  }
}

function bound({ places, paramCount }: Prepared, params: readonly Value[]): unknown[] {
  if (params.length !== paramCount) {
    throw new RangeError(`The statement takes ${paramCount} values and got ${params.length}.`);
  }
  return places.map((place) => {
    const value = params[place];
    // better-sqlite3 binds a number as REAL: 5 / 2 would be 2.5 here and 2 on PostgreSQL.
    return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
  });
}

function translated(error: unknown): unknown {
  if (!(error instanceof SqliteFile.SqliteError)) return error;
  if (!/^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE|ROWID)$/.test(error.code)) return error;
  return new DuplicateKey(error.message.replace('UNIQUE constraint failed: ', ''), {
    cause: error,
  });
}
