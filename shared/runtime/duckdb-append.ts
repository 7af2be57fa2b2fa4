// runtime/duckdb-append.ts: enters rows by DuckDB's appender, value by value, as each column's type asks.
// Called by duckdb.ts inside a transaction; flat columns only: nested values are slow and stay in memory.
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import type { Value } from './database.ts';

type Put = (appender: DuckDBAppender, value: string | number) => void;

const DAY_MS = 86_400_000;

/** @throws as `append` of column-database.ts */
export async function appendRows(
  connection: DuckDBConnection,
  table: string,
  rows: readonly (readonly Value[])[],
): Promise<void> {
  if (rows.length === 0) return;
  // Loaded long ago, by whoever opened the file.
  const engine = await import('@duckdb/node-api');
  const puts = putsOf(engine);
  const appender = await connection.createAppender(table);
  try {
    const columns = Array.from({ length: appender.columnCount }, (_, at) => {
      const { typeId } = appender.columnType(at);
      const put = puts.get(typeId);
      if (put === undefined) throw new TypeError(`${table}: column ${at} takes no such value`);
      return put;
    });
    for (const row of rows) appendRow(appender, columns, row);
    appender.closeSync();
  } catch (error) {
    // Else it would enter, at the next collection of garbage, what it has taken so far.
    appender.clear();
    throw error;
  }
}

function appendRow(appender: DuckDBAppender, columns: readonly Put[], row: readonly Value[]): void {
  if (row.length !== columns.length)
    throw new RangeError(`A row of ${row.length} values for ${columns.length} columns.`);
  for (const [at, value] of row.entries()) {
    if (value === null) appender.appendNull();
    else columns[at]?.(appender, value);
  }
  appender.endRow();
}

function putsOf({
  DuckDBDateValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
}: typeof import('@duckdb/node-api')): Map<number, Put> {
  return new Map<number, Put>([
    [DuckDBTypeId.VARCHAR, (appender, text) => appender.appendVarchar(String(text))],
    [DuckDBTypeId.INTEGER, (appender, whole) => appender.appendInteger(numberOf(whole))],
    [DuckDBTypeId.BIGINT, (appender, whole) => appender.appendBigInt(BigInt(whole))],
    [DuckDBTypeId.BOOLEAN, (appender, flag) => appender.appendBoolean(numberOf(flag) === 1)],
    [
      DuckDBTypeId.DATE,
      (appender, day) =>
        appender.appendDate(new DuckDBDateValue(numberOf(Date.parse(String(day))) / DAY_MS)),
    ],
    [
      DuckDBTypeId.TIMESTAMP,
      (appender, ms) =>
        appender.appendTimestamp(new DuckDBTimestampValue(BigInt(numberOf(ms)) * 1000n)),
    ],
  ]);
}

function numberOf(value: string | number): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw new TypeError(`${JSON.stringify(value)} is no whole number.`);
}
