// runtime/duckdb-statements.ts: statements of one DuckDB connection: placeholders, rows, and errors.
// Called by duckdb.ts; a connection runs one statement at a time.
import type { DuckDBConnection, DuckDBPreparedStatement, JS } from '@duckdb/node-api';
import type { Queries, Value } from './database.ts';
import { DuplicateKey } from './database-errors.ts';

/** They stay prepared for the life of the connection. */
export function statementsOn(connection: DuckDBConnection): Queries {
  const cache = new Map<string, DuckDBPreparedStatement>();

  async function prepared(sql: string): Promise<DuckDBPreparedStatement> {
    const known = cache.get(sql);
    if (known !== undefined) return known;
    const made = await connection.prepare(sql);
    cache.set(sql, made);
    return made;
  }

  async function send(sql: string, params: readonly Value[] = []) {
    try {
      const statement = await prepared(sql);
      bind(statement, params);
      const result = await statement.run();
      const rows = await result.getRowObjectsJS();
      const writes = result.columnNames().join() === 'Count' && result.rowsChanged >= 0;
      return { rows, changes: writes ? result.rowsChanged : rows.length };
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
