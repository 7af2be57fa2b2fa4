// rows-or-columns/claims.ts: the predictions as clauses that a machine can check.
// Part of the definition in experiments/rows-or-columns.ts.
import type { Hypothesis, Size } from '../../lab/definition.ts';

/** How many columns are asked for. */
export const countsIn: Readonly<Record<Size, readonly number[]>> = {
  quick: [1, 5, 40],
  standard: [1, 2, 5, 10, 20, 30, 40],
  full: [1, 2, 5, 10, 20, 30, 40],
};

export const FEW = 5;
export const ALL = 40;
export const armOf = (store: string, columns: number) => `${store}, ${columns} of ${ALL}`;

/** Where single orders are looked up and inserted. */
export const deskOf = (database: string) => `${database}, an order at a time`;

const byColumn = ['columns', 'columns, deflated', 'Parquet in DuckDB'];
/** Compared in one language: what counts is JavaScript in the first two, and C or C++ in the others. */
const pairs = [
  ['columns', 'JSON rows'],
  ['columns', 'binary rows'],
  ['Parquet in DuckDB', 'SQLite tables'],
  ['Parquet in DuckDB', 'PostgreSQL tables'],
] as const;

/** Where rows win. */
const single: readonly Hypothesis[] = [
  ['lookUpMs', 'Looking an order up'] as const,
  ['insertMs', 'Inserting an order'] as const,
].map(([metric, what]) => ({
  id: metric === 'lookUpMs' ? 'look-up' : 'insert',
  text: `${what} takes SQLite’s rows less CPU than DuckDB’s columns`,
  metric,
  arm: deskOf('SQLite'),
  versus: deskOf('DuckDB'),
  atMost: 1,
}));

/** All rows fetched: the engine counts nothing, and records come to be in JavaScript. */
const fetched = (columns: number) =>
  ({
    metric: 'cpuMs',
    arm: armOf('Parquet, into JavaScript', columns),
    versus: armOf('SQLite, into JavaScript', columns),
  }) as const;

export const claims: readonly Hypothesis[] = [
  {
    id: 'same-answer',
    text: 'All stores give the same answer',
    metric: 'disagreeing',
    arm: 'all stores',
    atMost: 0,
    judge: 'every',
    invariant: true,
  },
  ...byColumn.map(
    (store): Hypothesis => ({
      id: `bytes-${store.replace(/\W+/g, '-').toLowerCase()}`,
      text: `${store}: for ${FEW} of ${ALL} at most a tenth of the bytes of the table`,
      metric: 'bytesRead',
      arm: armOf(store, FEW),
      versus: armOf('SQLite tables', FEW),
      atMost: 0.1,
    }),
  ),
  ...pairs.map(
    ([store, rows]): Hypothesis => ({
      id: `cpu-${rows.replace(/\W+/g, '-').toLowerCase()}`,
      text: `${store}: less CPU for ${FEW} of ${ALL} than ${rows}`,
      metric: 'cpuMs',
      arm: armOf(store, FEW),
      versus: armOf(rows, FEW),
      atMost: 1,
    }),
  ),
  {
    id: 'assembly-costs',
    text: 'Records assembled from all columns take more CPU than binary rows',
    metric: 'cpuMs',
    arm: armOf('columns, assembled', ALL),
    versus: armOf('binary rows', ALL),
    atLeast: 1,
  },
  {
    id: 'few-fetched',
    text: `Rows of ${FEW} of ${ALL} columns come into JavaScript with less CPU from columns`,
    ...fetched(FEW),
    atMost: 1,
  },
  {
    id: 'all-fetched',
    text: 'Rows of all columns come into JavaScript with less CPU from rows',
    ...fetched(ALL),
    atLeast: 1,
  },
  {
    id: 'deflate-helps-both',
    text: `Deflated, columns still read at most a third of what rows do for ${FEW} of ${ALL}`,
    metric: 'bytesRead',
    arm: armOf('columns, deflated', FEW),
    versus: armOf('binary rows, deflated', FEW),
    atMost: 1 / 3,
  },
  ...single,
  {
    id: 'json-is-parsing',
    text: 'JSON rows take more CPU than binary rows for one column: that is parsing, not layout',
    metric: 'cpuMs',
    arm: armOf('JSON rows', 1),
    versus: armOf('binary rows', 1),
    atLeast: 1,
  },
];
