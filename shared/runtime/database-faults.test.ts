// runtime/database-faults.test.ts: a database that is slow, locked or without a free connection.
// Run by vitest on every engine; PostgreSQL where it is installed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type PostgresServer, postgresMissing, startPostgres } from '../test/postgres-server.ts';
import { type Database, openDatabase } from './database.ts';

const LONG_MS = 30_000;
const missing = postgresMissing();
if (missing) console.warn(`postgres skipped: ${missing}`);

describe('SQLite', () => {
  const open = opened(inFolder('file'));
  everyEngine(open);
  everySharedEngine(open);

  test('a slow query holds the event loop, as every statement there does', async () => {
    const ticks = ticking();
    await open().faults.runSlowly(300);
    expect(ticks()).toBe(0);
  });

  test('a lock ends by itself while a writer that waits for it holds the event loop', async () => {
    const { over } = await open().faults.lockWrites(300, new AbortController().signal);
    const ticks = ticking();
    const { changes } = await write(open());
    expect([changes, ticks()]).toEqual([1, 0]);
    await over;
  });

  test('without the writer whoever only reads goes on', async () => {
    const healing = new AbortController();
    const { over } = await open().faults.takePool(LONG_MS, healing.signal);
    expect(await count(open())).toBe(0);
    healing.abort();
    await over;
  });
});

describe('DuckDB', () => {
  const open = opened(inFolder('duckdb'));
  everyEngine(open);

  test('a slow query holds up readers, and neither writers nor the event loop', async () => {
    const ticks = ticking();
    const slow = open().faults.runSlowly(300);
    expect(await write(open())).toEqual({ changes: 1 });
    const reading = watched(count(open()));
    await sleep(50);
    expect(reading.done()).toBe(false);
    await slow;
    expect(await reading.work).toBe(1);
    expect(ticks()).toBeGreaterThan(0);
  });

  test('slow queries one behind the other end all, and reads between them are whole', async () => {
    const slow = [1, 2, 3].map(() => open().faults.runSlowly(100));
    const reads = [1, 2, 3].map(() => count(open()));
    await Promise.all(slow);
    expect(await Promise.all(reads)).toEqual([0, 0, 0]);
    expect(await count(open())).toBe(0);
  });

  test('without the writer whoever only reads goes on', async () => {
    const healing = new AbortController();
    const { over } = await open().faults.takePool(LONG_MS, healing.signal);
    expect(await count(open())).toBe(0);
    healing.abort();
    await over;
  });
});

describe.skipIf(missing)('PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());

  const open = opened(() => server.createDatabase());
  everyEngine(open);
  everySharedEngine(open);

  test('a slow query occupies one connection, and the event loop goes on', async () => {
    const ticks = ticking();
    const slow = open().faults.runSlowly(300);
    expect(await write(open())).toEqual({ changes: 1 });
    await slow;
    expect(ticks()).toBeGreaterThan(0);
  });

  test('a lock waits for the transactions under way instead of deadlocking with them', async () => {
    const healing = new AbortController();
    let locking: Promise<{ over: Promise<void> }> | undefined;
    await open().transaction(async (tx) => {
      await tx.run('INSERT INTO a_log VALUES (1)');
      locking = open().faults.lockWrites(LONG_MS, healing.signal);
      await sleep(100);
      await tx.run('INSERT INTO b_log VALUES (1)');
    });
    healing.abort();
    await (await locking)?.over;
    expect(await count(open())).toBe(1);
  });

  test('without a connection whoever only reads waits as well', async () => {
    const healing = new AbortController();
    const { over } = await open().faults.takePool(LONG_MS, healing.signal);
    const reading = watched(count(open()));
    await sleep(100);
    expect(reading.done()).toBe(false);
    healing.abort();
    await over;
    expect(await reading.work).toBe(0);
  });
});

function everyEngine(open: () => Database): void {
  test('a slow query takes about as long as it was told', async () => {
    const startedMs = performance.now();
    await open().faults.runSlowly(400);
    const tookMs = performance.now() - startedMs;
    expect(tookMs).toBeGreaterThanOrEqual(395);
    expect(tookMs).toBeLessThan(4000);
  });

  test.each(['lockWrites', 'takePool'] as const)('%s ends by itself', async (fault) => {
    const { over } = await open().faults[fault](200, new AbortController().signal);
    await over;
    expect(await write(open())).toEqual({ changes: 1 });
  });

  test.each(['lockWrites', 'takePool'] as const)('%s ends when it is healed', async (fault) => {
    const healing = new AbortController();
    const { over } = await open().faults[fault](LONG_MS, healing.signal);
    const startedMs = performance.now();
    healing.abort();
    await over;
    expect(await write(open())).toEqual({ changes: 1 });
    expect(performance.now() - startedMs).toBeLessThan(LONG_MS / 3);
  });

  test('a fault healed before it has taken anything holds nothing', async () => {
    const healed = AbortSignal.abort();
    for (const fault of ['lockWrites', 'takePool'] as const) {
      await (await open().faults[fault](LONG_MS, healed)).over;
    }
    expect(await write(open())).toEqual({ changes: 1 });
  });

  test('a taken pool keeps a writer waiting while the event loop is free', async () => {
    const healing = new AbortController();
    const { over } = await open().faults.takePool(LONG_MS, healing.signal);
    const writing = watched(write(open()));
    await sleep(100);
    expect(writing.done()).toBe(false);
    healing.abort();
    await over;
    expect(await writing.work).toEqual({ changes: 1 });
  });
}

/** A file of DuckDB has no other programs. */
function everySharedEngine(open: () => Database): void {
  test('a lock keeps writers of other programs out, and lets readers go on', async () => {
    const healing = new AbortController();
    const other = await openDatabase({ url: current.url, migrations });
    const { over } = await open().faults.lockWrites(1500, healing.signal);
    expect(await count(other)).toBe(0);
    let free = false;
    void over.then(() => {
      free = true;
    });
    await write(other);
    // Its end is told by a thread or a socket: give it time to be heard, but less than the lock has.
    await sleep(1000);
    expect(free).toBe(true);
    await other.close();
  });
}

const TABLES = 'CREATE TABLE a_log (n BIGINT); CREATE TABLE b_log (n BIGINT);';
const migrations = [{ name: '0001-logs.sql', sql: TABLES }];
const current = { url: '' };

/** An empty database for each test, closed after it. */
function opened(newUrl: () => Promise<string>): () => Database {
  let db: Database | undefined;
  beforeEach(async () => {
    current.url = await newUrl();
    db = await openDatabase({ url: current.url, migrations, poolSize: 3 });
  });
  afterEach(() => db?.close());
  return () => db as Database;
}

/** An address in an empty folder, which goes when the tests around it are over. */
function inFolder(scheme: 'file' | 'duckdb'): () => Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-faults-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let made = 0;
  return async () => `${scheme}:${join(folder, String(made++), 'shop.db')}`;
}

const write = (db: Database) => db.run('INSERT INTO a_log VALUES (1)');
const count = async (db: Database) =>
  (await db.get<{ rows: number }>('SELECT count(*) AS rows FROM a_log'))?.rows;

/** Counts the turns of the event loop from now on. */
function ticking(): () => number {
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
  }, 5);
  return () => {
    clearInterval(timer);
    return ticks;
  };
}

function watched<Result>(work: Promise<Result>) {
  let settled = false;
  const watch = () => {
    settled = true;
  };
  void work.then(watch, watch);
  return { work, done: () => settled };
}
