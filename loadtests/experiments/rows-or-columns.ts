// experiments/rows-or-columns.ts: E12: the same question of k columns, asked of six ways to store orders.
// Run by `npm run lab -- run rows-or-columns`; it writes its archive into the run's folder, and deletes it.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { askReader, buildReader } from '../columns/ask-reader.ts';
import { stores } from '../columns/stores.ts';
import { type Definition, type Size, strictGate } from '../lab/definition.ts';
import type { Arm, Experiment, Lab } from '../lab/experiment.ts';
import type { Sample } from '../lab/result.ts';
import { armOf, claims, countsIn } from './rows-or-columns/claims.ts';
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
    'with k, and is gone where records are assembled from all their columns.',
  formula: 'bytes: all of them by row; Σ of the k columns by column',
  varies: [
    'how many columns are asked for: 1 to 40',
    'the store: JSON and binary rows; columns, plain and assembled into records; tables of SQLite; ' +
      'Parquet files in DuckDB',
  ],
  measures: [
    'CPU of one question in a process of its own, from after its program is loaded',
    'bytes that had to be read: whole files, pages of tables, chunks of columns',
    'the answer, a count and a sum for each column: alike in all stores, or the run is void',
    'bytes on disk, and CPU to write all orders',
  ],
  control: 'Columns are asked a second time for each k.',
  refutedBy:
    'At k ≤ 5 fewer than ten times fewer bytes than the table, or more CPU than a row store; ' +
    'records that are assembled from all columns with less CPU than rows.',
  doesNotShow: [
    'Disks: files are in the page cache. The bytes say what a cold disk would have to bring.',
    'Many questions at once, and what a report does to a checkout.',
    'Codecs: only Parquet is compressed (zstd); the others would be smaller with one too.',
    'JavaScript against C: DuckDB’s column is the engine’s too. The four stores in JavaScript compare layouts.',
  ],
  metrics: {
    cpuMs: { label: 'CPU', unit: 'ms', better: 'lower' },
    bytesRead: { label: 'read', unit: 'bytes', better: 'lower' },
    writeMs: { label: 'CPU to write', unit: 'ms', better: 'lower' },
    bytesOnDisk: { label: 'on disk', unit: 'bytes', better: 'lower' },
    disagreeing: { label: 'stores that answer otherwise', unit: '', better: 'lower' },
  },
  hypotheses: [...claims],
  gate: { ...strictGate, otherCpuRatio: 0.15 },
  blocks: { quick: 2, standard: 6, full: 6 },
};

const ordersIn: Readonly<Record<Size, number>> = {
  quick: 4000,
  standard: 100_000,
  full: 1_000_000,
};

/** The columns a second time: whatever differs is noise. */
const TWIN = 'columns again';

interface Asked {
  readonly name: string;
  readonly store: string;
  readonly twinOf?: string;
}

const asked: readonly Asked[] = [
  ...stores.map(({ name }) => ({ name, store: name })),
  { name: TWIN, store: 'columns', twinOf: 'columns' },
];

export const rowsOrColumns: Experiment = {
  definition,
  targets: [],
  async prepare(lab) {
    await buildReader();
    const root = join(lab.folder, 'archive');
    lab.defer(async () => rmSync(root, { recursive: true, force: true }));
    const written = new Map<string, { writeMs: number; bytesOnDisk: number }>();
    for (const { name } of stores) {
      if (archiveOf(name) !== name) continue;
      lab.phase({ phase: 'preflight', what: `writing ${name}`, lengthMs: 0 });
      const { cpuMs, bytes } = await ask(lab, root, name, { orders: ordersIn[lab.size] });
      written.set(name, { writeMs: cpuMs, bytesOnDisk: bytes });
    }
    return asked.map((one) => armFor(lab, root, one, written.get(archiveOf(one.store))));
  },
  derive: agreement,
  figures: figuresOf,
  sentence: (_evaluation, blocks) => sentenceOf(blocks),
};

/** Stores that write alike share their files: they differ in how these are read. */
function archiveOf(store: string): string {
  const write = stores.find(({ name }) => name === store)?.write;
  return stores.find((other) => other.write === write)?.name ?? store;
}

function ask(
  lab: Lab,
  root: string,
  store: string,
  what: { orders: number } | { columns: number },
) {
  const task = { store, folder: join(root, archiveOf(store)), seed: lab.seed, ...what };
  return askReader(task, lab.pinning.serverCore, lab.signal);
}

function armFor(
  lab: Lab,
  root: string,
  { name, store, twinOf }: Asked,
  written: Record<string, number> = {},
): Arm {
  return {
    name,
    parts: countsIn[lab.size].map((columns) => ({
      name: armOf(name, columns),
      ...(twinOf !== undefined && { twinOf: armOf(twinOf, columns) }),
    })),
    async measure() {
      const samples: Sample[] = [];
      for (const columns of countsIn[lab.size]) {
        lab.phase({ phase: 'steady', what: armOf(name, columns), lengthMs: 0 });
        const { cpuMs, bytes, digest } = await ask(lab, root, store, { columns });
        const metrics = { cpuMs, bytesRead: bytes };
        samples.push({
          arm: armOf(name, columns),
          metrics,
          doubts: [],
          detail: { digest, columns },
        });
      }
      return [...samples, { arm: name, metrics: written, doubts: [] }];
    },
  };
}

/** For each k, how many stores have another answer than the first. */
function agreement(samples: readonly Sample[]): Sample[] {
  const digests = new Map<number, Set<string>>();
  for (const { detail } of samples) {
    const { digest, columns = 0 } = (detail ?? {}) as { digest?: string; columns?: number };
    if (digest !== undefined) digests.set(columns, (digests.get(columns) ?? new Set()).add(digest));
  }
  const disagreeing = [...digests.values()].reduce((sum, { size }) => sum + size - 1, 0);
  return [{ arm: 'all stores', metrics: { disagreeing }, doubts: [] }];
}
