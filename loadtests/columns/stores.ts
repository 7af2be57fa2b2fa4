// columns/stores.ts: the ways of storing archived orders that are compared.
// Read by the experiment on rows and columns, its reader process and the tests.
import { assembled, columns } from './column-stores.ts';
import { binaryRows, jsonRows } from './row-stores.ts';
import { duckdbParquet, sqliteTables } from './sql-stores.ts';
import type { Store } from './store.ts';

export const stores: readonly Store[] = [
  jsonRows,
  binaryRows,
  columns,
  assembled,
  sqliteTables,
  duckdbParquet,
];
