// runtime/sqlite-faults.ts: the database faults on SQLite, where a statement blocks the whole process.
// Called by sqlite.ts. Who holds the lock and why it is a thread: docs/decisions/0020.
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type SqliteFile from 'better-sqlite3';
import { type DatabaseFaults, endEarly, type Hold, takeAll } from './database-faults.ts';

/** One endless statement that looks at the clock every thousand rows, about 0.1 ms. */
const BURN = `WITH RECURSIVE burn (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM burn)
  SELECT n FROM burn WHERE CASE WHEN n % 1000 = 0 THEN clock_ms() >= ? END LIMIT 1`;

/** How long the holder waits for a transaction that is under way. */
const LOCK_WAIT_MS = 10_000;

/**
 * The holder's whole program. Plain text, because a zip has no second file to start a thread from;
 * the addon itself, because in a zip better-sqlite3's JavaScript is part of the bundle.
 */
const HOLDER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { addon, path, waitMs, ms, healed } = workerData;
  const native = require(addon);
  native.setErrorConstructor(Error);
  const connection = new native.Database(path, path, false, false, true, waitMs, null, null);
  connection.exec('BEGIN IMMEDIATE');
  parentPort.postMessage('locked');
  Atomics.wait(healed, 0, 0, ms);
  connection.exec('ROLLBACK');
  connection.close();
`;

export interface SqliteParts {
  readonly reader: SqliteFile.Database;
  /** Path of better_sqlite3.node; found in node_modules unless given. */
  readonly addon: string | undefined;
  /** Lends the writer. */
  readonly lend: (work: () => Promise<void>) => Promise<void>;
}

export function sqliteFaults({ reader, addon, lend }: SqliteParts): DatabaseFaults {
  reader.function('clock_ms', { deterministic: false }, () => performance.now());
  return {
    async runSlowly(ms) {
      reader.prepare(BURN).get(performance.now() + ms);
    },
    lockWrites: (ms, healed) => lockWrites(reader.name, addon ?? installedAddon(), ms, healed),
    takePool: (ms, healed) => takeAll(1, lend, ms, healed),
  };
}

/** In a thread of its own, which sleeps and wakes by itself while this one may stand still. */
async function lockWrites(
  path: string,
  addon: string,
  ms: number,
  healed: AbortSignal,
): Promise<Hold> {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { addon, path, waitMs: LOCK_WAIT_MS, ms, healed: flag };
  const holder = new Worker(HOLDER, { eval: true, workerData });
  const over = new Promise<void>((resolve) => holder.once('exit', () => resolve()));
  endEarly(healed, over, () => {
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
  });
  await new Promise((resolve, reject) => {
    holder.once('message', resolve);
    holder.once('error', reject);
  });
  holder.unref(); // a process that has nothing else to do may end
  return { over };
}

const installedAddon = () =>
  createRequire(import.meta.url).resolve('better-sqlite3/build/Release/better_sqlite3.node');
