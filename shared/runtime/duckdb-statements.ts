// runtime/duckdb-statements.ts: statements of one DuckDB connection: placeholders, rows, and errors.
// Called by duckdb.ts; a connection runs one statement at a time.
import type { DuckDBConnection, DuckDBPreparedStatement, JS } from '@duckdb/node-api';
import type { Queries, Value } from './database.ts';
import { DuplicateKey } from './database-errors.ts';

/**
 * A plan holds what the statistics of its tables were when it was made: kept, it would answer with the
 * newest row of then, and find nothing of what came later (duckdb/duckdb#23704). So each statement is
 * planned anew.
 */
export function statementsOn(connection: DuckDBConnection): Queries {
  async function send(sql: string, params: readonly Value[] = []) {
    try {
      const statement = await connection.prepare(sql);
      try {
        return await rowsOf(statement, params);
      } finally {
        statement.destroySync();
      }
    } catch (error) {
      throw translated(error as Error, sql);
    }
  }

  return {
    all: async <Row>(sql: string, params?: readonly Value[]) =>
      (await send(sql, params)).rows.map(plain) as Row[],
    get: async <Row>(sql: string, params?: readonly Value[]) => {
      const [row] = (await send(sql, params)).rows;
      return row === undefined ? undefined : (plain(row) as Row);
    },
    run: async (sql, params) => ({ changes: (await send(sql, params)).changes }),
  };
}

async function rowsOf(statement: DuckDBPreparedStatement, params: readonly Value[]) {
  bind(statement, params);
  const result = await statement.run();
  const rows = await result.getRowObjectsJS();
  const writes = result.columnNames().join() === 'Count' && result.rowsChanged >= 0;
  return { rows, changes: writes ? result.rowsChanged : rows.length };
}

/**
 * As statementsOn, each statement in a transaction of its own: what another connection commits between
 * its plan and its run is not seen by either.
 */
export function snapshotsOn(connection: DuckDBConnection): Queries {
  const queries = statementsOn(connection);
  async function alone<Result>(ask: () => Promise<Result>): Promise<Result> {
    await connection.run('BEGIN');
    try {
      return await ask();
    } finally {
      // Nothing was written. After a failure COMMIT would fail as well.
      await connection.run('ROLLBACK');
    }
  }
  return {
    all: <Row>(sql: string, params?: readonly Value[]) =>
      alone(() => queries.all<Row>(sql, params)),
    get: <Row>(sql: string, params?: readonly Value[]) =>
      alone(() => queries.get<Row>(sql, params)),
    run: (sql, params) => alone(() => queries.run(sql, params)),
  };
}

function bind(statement: DuckDBPreparedStatement, params: readonly Value[]): void {
  const { parameterCount } = statement;
  if (params.length !== parameterCount)
    throw new RangeError(`The statement takes ${parameterCount} values and got ${params.length}.`);
  for (const [at, value] of params.entries()) {
    const index = statement.parameterIndex(String(at + 1));
    if (value === null) statement.bindNull(index);
    else if (typeof value === 'string') statement.bindVarchar(index, value);
    else if (Number.isSafeInteger(value)) statement.bindBigInt(index, BigInt(value));
    else statement.bindDouble(index, value);
  }
}

/** As `Value` says: sums come as BigInt, conditions as booleans, everything else that is odd as text. */
function plain(row: Record<string, JS>): Record<string, Value> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: JS): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  return value instanceof Date ? value.toISOString() : String(value);
}

/** `Duplicate key "shelf: 1, box: 2" violates primary key constraint` has no table: the statement has. */
function translated(error: Error, sql: string): Error {
  const values = /Duplicate key "(.*)" violates/.exec(error.message)?.[1];
  if (values === undefined) return error;
  const table = /\b(?:INTO|UPDATE)\s+(\w+)/i.exec(sql)?.[1] ?? '';
  const columns = [...values.matchAll(/(?:^|, )(\w+): /g)].map(
    ([, column]) => `${table}.${column}`,
  );
  return new DuplicateKey(columns.join(', '), { cause: error });
}
