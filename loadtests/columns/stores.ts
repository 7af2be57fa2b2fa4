// columns/stores.ts: the ways of storing archived orders that are compared.
// Read by the experiment on rows and columns, its reader process and the tests.
import { assembled, columns, deflatedColumns } from './column-stores.ts';
import { duckdbDesk, duckdbFetched, duckdbParquet } from './duckdb-stores.ts';
import { postgresDesk, postgresTables } from './postgres-stores.ts';
import { binaryRows, deflatedRows, jsonRows } from './row-stores.ts';
import { sqliteDesk, sqliteFetched, sqliteTables } from './sqlite-stores.ts';
import type { Desk, Store } from './store.ts';

/** Files of our own, counted in JavaScript. */
export const fileStores: readonly Store[] = [
  jsonRows,
  binaryRows,
  deflatedRows,
  columns,
  deflatedColumns,
  assembled,
];

/** @param serverUrl of an empty database on PostgreSQL; left out: without it */
export const databaseStores = (serverUrl?: string): readonly Store[] => [
  sqliteTables,
  sqliteFetched,
  ...(serverUrl === undefined ? [] : [postgresTables(serverUrl)]),
  duckdbParquet,
  duckdbFetched,
];

export const storesWith = (serverUrl?: string): readonly Store[] => [
  ...fileStores,
  ...databaseStores(serverUrl),
];

/** @param serverUrl of another database: its orders become more */
export const desksWith = (serverUrl?: string): readonly Desk[] => [
  sqliteDesk,
  ...(serverUrl === undefined ? [] : [postgresDesk(serverUrl)]),
  duckdbDesk,
];
