// experiments/rows-or-columns.ts: E12: the same question of k columns, asked of each way to store orders.
// Run by `npm run lab -- run rows-or-columns`; its archive is in .lab/data, until its end.
import { type Definition, strictGate } from '../lab/definition.ts';
import type { Experiment } from '../lab/experiment.ts';
import { agreement, makeArms } from './rows-or-columns/arms.ts';
import { claims } from './rows-or-columns/claims.ts';
import { figuresOf, sentenceOf } from './rows-or-columns/figures.ts';

const definition: Definition = {
  id: 'rows-or-columns',
  code: 'E12',
  title: 'Rows or columns?',
  question:
    'A report wants k of the forty fields of each order. What does it have to read, and how long does ' +
    'it work, when orders lie row by row, and when they lie column by column?',
  prediction:
    'Rows are read whole, whatever is asked. Columns are read as far as they are asked for: with five ' +
    'of forty at least ten times fewer bytes than the table, and less CPU than any row. The gain falls ' +
    'with k, and is gone where records are assembled from all their columns. Rows win where a single ' +
    'order is looked up or inserted.',
  formula: 'bytes: all of them by row; Σ of the k columns by column',
  varies: [
    'how many columns are asked for: 1 to 40',
    'the store: JSON and binary rows; columns, plain, deflated and assembled into records; tables of ' +
      'SQLite and PostgreSQL; Parquet files in DuckDB',
    'who counts: the engine, or JavaScript, to which all rows are fetched',
  ],
  measures: [
    'CPU of one question in a process of its own, from after its program is loaded',
    'bytes that had to be read: whole files, pages of tables, chunks of columns',
    'the answer, a count and a sum for each column: alike in all stores, or the run is void',
    'bytes on disk, and CPU to write all orders',
    'CPU to look up, and to insert, one order: SQLite, PostgreSQL, and tables of DuckDB',
  ],
  control: 'Columns are asked a second time for each k.',
  refutedBy:
    'At k ≤ 5 fewer than ten times fewer bytes than the table, or more CPU than a row store; ' +
    'records that are assembled from all columns with less CPU than rows.',
  doesNotShow: [
    'Disks: files are in the page cache. The bytes say what a cold disk would have to bring.',
    'Many questions at once, and what a report does to a checkout.',
    'Other codecs: Parquet has zstd and dictionaries, frames are deflated or plain.',
    'JavaScript against C: DuckDB’s column is the engine’s too. Stores in one language compare layouts.',
    'What durability costs: PostgreSQL runs without fsync here, the other two wait for the disk. ' +
      'Waiting takes no CPU.',
  ],
  metrics: {
    cpuMs: { label: 'CPU', unit: 'ms', better: 'lower' },
    bytesRead: { label: 'read', unit: 'bytes', better: 'lower' },
    writeMs: { label: 'CPU to write', unit: 'ms', better: 'lower' },
    lookUpMs: { label: 'CPU to look an order up', unit: 'ms', better: 'lower' },
    insertMs: { label: 'CPU to insert an order', unit: 'ms', better: 'lower' },
    bytesOnDisk: { label: 'on disk', unit: 'bytes', better: 'lower' },
    disagreeing: { label: 'stores that answer otherwise', unit: '', better: 'lower' },
  },
  hypotheses: [...claims],
  gate: { ...strictGate, otherCpuRatio: 0.15 },
  blocks: { quick: 2, standard: 6, full: 6 },
};

export const rowsOrColumns: Experiment = {
  definition,
  targets: [],
  prepare: makeArms,
  derive: agreement,
  figures: figuresOf,
  sentence: (_evaluation, blocks) => sentenceOf(blocks),
};
