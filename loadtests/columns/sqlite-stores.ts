// columns/sqlite-stores.ts: flat tables in SQLite: counted by the engine, or fetched and counted here.
// Listed in stores.ts.
import { join } from 'node:path';
import type { ArchivedOrder } from '@lab/shared/fixtures/archived-orders.ts';
import Sqlite from 'better-sqlite3';
import { noTotals, type Totals } from './question.ts';
import { type Desk, type Store, segmentsOf } from './store.ts';
import {
  addRow,
  createIndex,
  createTable,
  insertInto,
  type Question,
  questionsFor,
  rowsOf,
  tables,
  take,
} from './tables.ts';

const fileIn = (folder: string) => join(folder, 'orders.db');

async function write(folder: string, orders: Iterable<ArchivedOrder>): Promise<void> {
  const file = new Sqlite(fileIn(folder));
  for (const table of tables) file.exec(createTable(table));
  const insert = inserter(file);
  let number = 0;
  for (const segment of segmentsOf(orders)) {
    insert(segment, number);
    number += segment.length;
  }
  for (const table of tables) file.exec(createIndex(table));
  file.close();
}

/** Orders numbered from `first` on, in one transaction. */
function inserter(file: Sqlite.Database) {
  const inserts = new Map(tables.map((table) => [table.name, file.prepare(insertInto(table))]));
  return file.transaction((orders: readonly ArchivedOrder[], first: number) => {
    for (const [at, order] of orders.entries())
      for (const [name, rows] of rowsOf(order, first + at))
        for (const row of rows) inserts.get(name)?.run(...row);
  });
}

/** A scan reads each page of its table; SQLite does not count them itself. */
function pagesOf(file: Sqlite.Database, table: string): number {
  const pages = file.prepare('SELECT sum(pgsize) AS bytes FROM dbstat WHERE name = ?');
  return (pages.get(table) as { bytes: number }).bytes;
}

function asked(
  folder: string,
  paths: readonly string[],
  answer: (file: Sqlite.Database, totals: Totals, question: Question) => void,
) {
  const file = new Sqlite(fileIn(folder), { readonly: true });
  const totals = noTotals(paths);
  let bytesRead = 0;
  for (const question of questionsFor(paths)) {
    answer(file, totals, question);
    bytesRead += pagesOf(file, question.table);
  }
  file.close();
  return { totals, bytesRead };
}

export const sqliteTables: Store = {
  name: 'SQLite tables',
  write,
  async total(folder, paths) {
    return asked(folder, paths, (file, totals, { table, chosen, sums }) => {
      const answer = file.prepare(`SELECT ${sums} FROM ${table}`).raw().get();
      take(totals, chosen, answer as unknown[]);
    });
  },
};

export const sqliteFetched: Store = {
  name: 'SQLite, into JavaScript',
  write,
  async total(folder, paths) {
    return asked(folder, paths, (file, totals, { table, chosen, columns }) => {
      for (const row of file.prepare(`SELECT ${columns} FROM ${table}`).raw().iterate())
        addRow(totals, chosen, row as unknown[]);
    });
  },
};

export const sqliteDesk: Desk = {
  name: 'SQLite',
  write,
  async open(folder) {
    const file = new Sqlite(fileIn(folder));
    file.pragma('journal_mode = WAL');
    file.pragma('synchronous = FULL');
    const insert = inserter(file);
    const finds = tables.map(({ name }) =>
      file.prepare(`SELECT * FROM ${name} WHERE order_number = ?`).raw(),
    );
    return {
      lookUp: async (number) => finds.reduce((sum, find) => sum + find.all(number).length, 0),
      insert: async (order, number) => insert([order], number),
      otherCpuMs: () => 0,
      close: async () => void file.close(),
    };
  },
};
