// columns/duckdb-stores.ts: the flat tables as Parquet files that DuckDB reads, and as tables of its own.
// Listed in stores.ts.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { ArchivedOrder } from '@lab/shared/fixtures/archived-orders.ts';
import { noTotals, type Totals } from './question.ts';
import { type Desk, type Store, segmentsOf } from './store.ts';
import {
  addRow,
  type Cell,
  createIndex,
  createTable,
  isWhole,
  type Question,
  questionsFor,
  rowsOf,
  sqlName,
  type Table,
  tables,
  take,
} from './tables.ts';

/** One thread, as the others have: what is compared is the layout. */
const settings = { threads: '1', memory_limit: '1GB', autoinstall_known_extensions: 'false' };

async function open(path: string) {
  const instance = await DuckDBInstance.create(path, settings);
  const connection = await instance.connect();
  const close = async () => {
    connection.closeSync();
    instance.closeSync();
  };
  return { connection, close };
}

async function withEngine<Result>(
  path: string,
  work: (connection: DuckDBConnection) => Promise<Result>,
): Promise<Result> {
  const { connection, close } = await open(path);
  try {
    return await work(connection);
  } finally {
    await close();
  }
}

/** Numbered from `first` on; joins the transaction that is open, if one is. */
async function append(
  connection: DuckDBConnection,
  orders: readonly ArchivedOrder[],
  first: number,
): Promise<void> {
  const rows = orders.map((order, at) => rowsOf(order, first + at));
  for (const table of tables)
    await appendTo(
      connection,
      table,
      rows.flatMap((one) => one.get(table.name) ?? []),
    );
}

async function appendTo(
  connection: DuckDBConnection,
  { name, paths }: Table,
  rows: readonly Cell[][],
): Promise<void> {
  const appender = await connection.createAppender(name);
  for (const row of rows) {
    for (const [at, cell] of row.entries()) {
      if (cell === null) appender.appendNull();
      else if (at === 0 || isWhole(paths[at - 1] as string)) appender.appendInteger(cell as number);
      else appender.appendVarchar(cell as string);
    }
    appender.endRow();
  }
  appender.closeSync();
}

async function fill(connection: DuckDBConnection, orders: Iterable<ArchivedOrder>) {
  for (const table of tables) await connection.run(createTable(table));
  let number = 0;
  for (const segment of segmentsOf(orders)) {
    await append(connection, segment, number);
    number += segment.length;
  }
}

/** As it stands in a statement: quoted, and ready for a name with a quote in it. */
const parquetOf = (folder: string, table: string) =>
  `'${join(folder, `${table}.parquet`).replaceAll("'", "''")}'`;

async function writeParquet(folder: string, orders: Iterable<ArchivedOrder>): Promise<void> {
  const path = join(folder, 'loading.duckdb');
  await withEngine(path, async (connection) => {
    await fill(connection, orders);
    for (const { name } of tables)
      await connection.run(
        `COPY ${name} TO ${parquetOf(folder, name)} (FORMAT parquet, COMPRESSION zstd)`,
      );
  });
  rmSync(path);
}

/** By the file's own metadata: the chunks of these columns. */
async function chunksOf(
  connection: DuckDBConnection,
  file: string,
  chosen: readonly string[],
): Promise<number> {
  const names = chosen.map((path) => `'${sqlName(path).slice(1, -1)}'`).join();
  const chunks = await connection.runAndReadAll(
    `SELECT sum(total_compressed_size) FROM parquet_metadata(${file})
     WHERE path_in_schema IN (${names})`,
  );
  return Number(chunks.getRows()[0]?.[0]);
}

function asked(
  folder: string,
  paths: readonly string[],
  answer: (
    connection: DuckDBConnection,
    totals: Totals,
    question: Question,
    file: string,
  ) => Promise<void>,
) {
  return withEngine(':memory:', async (connection) => {
    const totals = noTotals(paths);
    let bytesRead = 0;
    for (const question of questionsFor(paths)) {
      const file = parquetOf(folder, question.table);
      await answer(connection, totals, question, file);
      bytesRead += await chunksOf(connection, file, question.chosen);
    }
    return { totals, bytesRead };
  });
}

export const duckdbParquet: Store = {
  name: 'Parquet in DuckDB',
  write: writeParquet,
  total: (folder, paths) =>
    asked(folder, paths, async (connection, totals, { chosen, sums }, file) => {
      const answer = await connection.runAndReadAll(`SELECT ${sums} FROM ${file}`);
      take(totals, chosen, answer.getRows()[0] as unknown[]);
    }),
};

export const duckdbFetched: Store = {
  name: 'Parquet, into JavaScript',
  write: writeParquet,
  total: (folder, paths) =>
    asked(folder, paths, async (connection, totals, { chosen, columns }, file) => {
      const rows = await connection.stream(`SELECT ${columns} FROM ${file}`);
      for await (const chunk of rows.yieldRowsJs())
        for (const row of chunk) addRow(totals, chosen, row);
    }),
};

const DATABASE = 'orders.duckdb';

export const duckdbDesk: Desk = {
  name: 'DuckDB',
  async write(folder, orders) {
    await withEngine(join(folder, DATABASE), async (connection) => {
      await fill(connection, orders);
      for (const table of tables) await connection.run(createIndex(table));
    });
  },
  async open(folder) {
    const { connection, close } = await open(join(folder, DATABASE));
    const finds = await Promise.all(
      tables.map(({ name }) => connection.prepare(`SELECT * FROM ${name} WHERE order_number = $1`)),
    );
    return {
      async lookUp(number) {
        let rows = 0;
        for (const find of finds) {
          find.bindInteger(1, number);
          rows += (await find.runAndReadAll()).getRows().length;
        }
        return rows;
      },
      async insert(order, number) {
        await connection.run('BEGIN');
        await append(connection, [order], number);
        await connection.run('COMMIT');
      },
      otherCpuMs: () => 0,
      close,
    };
  },
};
