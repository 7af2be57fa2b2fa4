// columns/sql-stores.ts: flat tables in SQLite, row by row, and as Parquet files that DuckDB reads.
// Listed in stores.ts.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { ArchivedOrder } from '@lab/shared/fixtures/archived-orders.ts';
import Sqlite from 'better-sqlite3';
import { noTotals } from './question.ts';
import { type Store, segmentsOf } from './store.ts';
import { createTable, isWhole, questionsFor, rowsOf, sqlName, tables, take } from './tables.ts';

export const sqliteTables: Store = {
  name: 'SQLite tables',
  async write(folder, orders) {
    const file = new Sqlite(join(folder, 'orders.db'));
    for (const table of tables) file.exec(createTable(table));
    const inserts = new Map(
      tables.map(({ name, paths }) => [
        name,
        file.prepare(
          `INSERT INTO ${name} VALUES (${Array(paths.length + 1)
            .fill('?')
            .join()})`,
        ),
      ]),
    );
    let number = 0;
    const insertAll = file.transaction((segment: readonly ArchivedOrder[]) => {
      for (const order of segment)
        for (const [name, rows] of rowsOf(order, number++))
          for (const row of rows) inserts.get(name)?.run(...row);
    });
    for (const segment of segmentsOf(orders)) insertAll(segment);
    file.close();
  },
  async total(folder, paths) {
    const file = new Sqlite(join(folder, 'orders.db'), { readonly: true });
    const totals = noTotals(paths);
    let bytesRead = 0;
    for (const { table, chosen, select } of questionsFor(paths)) {
      take(totals, chosen, file.prepare(`${select} FROM ${table}`).raw().get() as unknown[]);
      // A scan reads each page of its table; SQLite does not count them itself.
      const pages = file.prepare('SELECT sum(pgsize) AS bytes FROM dbstat WHERE name = ?');
      bytesRead += (pages.get(table) as { bytes: number }).bytes;
    }
    file.close();
    return { totals, bytesRead };
  },
};

/** One thread, as the others have: what is compared is the layout. */
const settings = { threads: '1', memory_limit: '1GB', autoinstall_known_extensions: 'false' };

async function withEngine<Result>(
  path: string,
  work: (connection: DuckDBConnection) => Promise<Result>,
): Promise<Result> {
  const instance = await DuckDBInstance.create(path, settings);
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const parquetOf = (folder: string, table: string) => join(folder, `${table}.parquet`);

export const duckdbParquet: Store = {
  name: 'Parquet in DuckDB',
  async write(folder, orders) {
    const path = join(folder, 'loading.duckdb');
    await withEngine(path, async (connection) => {
      for (const table of tables) await connection.run(createTable(table));
      let number = 0;
      for (const segment of segmentsOf(orders)) {
        const rows = segment.map((order) => rowsOf(order, number++));
        for (const { name, paths } of tables) {
          const appender = await connection.createAppender(name);
          for (const row of rows.flatMap((one) => one.get(name) ?? [])) {
            for (const [at, cell] of row.entries()) {
              if (cell === null) appender.appendNull();
              else if (at === 0 || isWhole(paths[at - 1] as string))
                appender.appendInteger(cell as number);
              else appender.appendVarchar(cell as string);
            }
            appender.endRow();
          }
          appender.closeSync();
        }
      }
      for (const { name } of tables)
        await connection.run(
          `COPY ${name} TO '${parquetOf(folder, name)}' (FORMAT parquet, COMPRESSION zstd)`,
        );
    });
    rmSync(path);
  },
  async total(folder, paths) {
    return withEngine(':memory:', async (connection) => {
      const totals = noTotals(paths);
      let bytesRead = 0;
      for (const { table, chosen, select } of questionsFor(paths)) {
        const file = parquetOf(folder, table);
        const answer = await connection.runAndReadAll(`${select} FROM '${file}'`);
        take(totals, chosen, answer.getRows()[0] as unknown[]);
        const names = chosen.map((path) => `'${sqlName(path).slice(1, -1)}'`).join();
        // By the file's own metadata: the chunks of these columns.
        const chunks = await connection.runAndReadAll(
          `SELECT sum(total_compressed_size) FROM parquet_metadata('${file}')
           WHERE path_in_schema IN (${names})`,
        );
        bytesRead += Number(chunks.getRows()[0]?.[0]);
      }
      return { totals, bytesRead };
    });
  },
};
