// columns/postgres-stores.ts: the flat tables on a PostgreSQL server, which counts in a process of its own.
// Listed in stores.ts where there is a server.
import type { ArchivedOrder } from '@lab/shared/fixtures/archived-orders.ts';
import pg from 'pg';
import { readUsage } from '../targets/usage.ts';
import { noTotals } from './question.ts';
import { type Desk, type Store, segmentsOf } from './store.ts';
import {
  type Cell,
  createIndex,
  createTable,
  isWhole,
  questionsFor,
  rowsOf,
  type Table,
  tables,
  take,
} from './tables.ts';

/** One process of the server works for one connection; it has no helpers here. */
async function connect(url: string) {
  const client = new pg.Client(url);
  await client.connect();
  await client.query('SET max_parallel_workers_per_gather = 0');
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
  const pid: number = rows[0].pid;
  return { client, cpuMs: () => readUsage([pid]).get(pid)?.cpuMs ?? 0 };
}

async function write(url: string, orders: Iterable<ArchivedOrder>): Promise<void> {
  const { client } = await connect(url);
  for (const { name } of tables) await client.query(`DROP TABLE IF EXISTS ${name}`);
  for (const table of tables) await client.query(createTable(table));
  let number = 0;
  for (const segment of segmentsOf(orders)) {
    await insert(client, segment, number);
    number += segment.length;
  }
  for (const table of tables) await client.query(createIndex(table));
  await client.query('VACUUM ANALYZE');
  await client.end();
}

async function bytesOn(url: string): Promise<number> {
  const { client } = await connect(url);
  const { rows } = await client.query('SELECT pg_database_size(current_database()) AS bytes');
  await client.end();
  return Number(rows[0].bytes);
}

/** In one transaction; a statement for each table. */
async function insert(client: pg.Client, orders: readonly ArchivedOrder[], first: number) {
  const rows = orders.map((order, at) => rowsOf(order, first + at));
  await client.query('BEGIN');
  for (const table of tables)
    await insertInto(
      client,
      table,
      rows.flatMap((one) => one.get(table.name) ?? []),
    );
  await client.query('COMMIT');
}

async function insertInto(client: pg.Client, { name, paths }: Table, rows: readonly Cell[][]) {
  if (rows.length === 0) return;
  const lists = ['int', ...paths.map((path) => (isWhole(path) ? 'int' : 'text'))];
  await client.query({
    name: `insert-${name}`,
    text: `INSERT INTO ${name} SELECT * FROM unnest(${lists.map((type, at) => `$${at + 1}::${type}[]`).join()})`,
    values: lists.map((_, at) => rows.map((row) => row[at])),
  });
}

export const postgresTables = (url: string): Store => ({
  name: 'PostgreSQL tables',
  write: (_folder, orders) => write(url, orders),
  bytesOnServer: () => bytesOn(url),
  async total(_folder, paths) {
    const { client, cpuMs } = await connect(url);
    const totals = noTotals(paths);
    let bytesRead = 0;
    for (const { table, chosen, sums } of questionsFor(paths)) {
      const asked = { text: `SELECT ${sums} FROM ${table}`, rowMode: 'array' } as const;
      take(totals, chosen, (await client.query(asked)).rows[0] as unknown[]);
      // A scan reads the whole heap of its table.
      const size = await client.query(`SELECT pg_relation_size('${table}') AS bytes`);
      bytesRead += Number(size.rows[0].bytes);
    }
    const otherCpuMs = cpuMs();
    await client.end();
    return { totals, bytesRead, otherCpuMs };
  },
});

export const postgresDesk = (url: string): Desk => ({
  name: 'PostgreSQL',
  write: (_folder, orders) => write(url, orders),
  bytesOnServer: () => bytesOn(url),
  async open() {
    const { client, cpuMs } = await connect(url);
    return {
      async lookUp(number) {
        let rows = 0;
        for (const { name } of tables) {
          const text = `SELECT * FROM ${name} WHERE order_number = $1`;
          rows += (await client.query({ name: `find-${name}`, text, values: [number] })).rows
            .length;
        }
        return rows;
      },
      insert: (order, number) => insert(client, [order], number),
      otherCpuMs: cpuMs,
      close: () => client.end(),
    };
  },
});
