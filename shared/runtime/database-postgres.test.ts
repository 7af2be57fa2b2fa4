// What holds on PostgreSQL alone: connections that break, statements kept prepared, exact numbers.
// The rules both engines keep are in database.test.ts.
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type PostgresServer, postgresMissing, startPostgres } from '../test/postgres-server.ts';
import { type Database, openDatabase, UnusableDatabase } from './database.ts';

const TABLE = 'CREATE TABLE stock (id TEXT PRIMARY KEY, left_count BIGINT)';
const migrations = [{ name: '0001-stock.sql', sql: TABLE }];
const ADD = 'INSERT INTO stock VALUES ($1, $2)';
const missing = postgresMissing();
if (missing) console.warn(`postgres skipped: ${missing}`);

describe.skipIf(missing)('a database on PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  let db: Database;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    url = await server.createDatabase();
    db = await openDatabase({ url, migrations, poolSize: 2 });
  });
  afterEach(() => db.close());

  const backend = async (): Promise<number> =>
    (await db.get<{ pid: number }>('SELECT pg_backend_pid() AS pid'))?.pid ?? 0;

  test('replaces an idle connection that the server ended, and the process lives on', async () => {
    const first = await backend();
    await endBackends(url);
    await untilGone(url, first);
    const second = await eventually(backend);
    expect(second).not.toBe(first);
  });

  test('fails the transaction whose connection the server ended, and nothing else', async () => {
    const order = db.transaction(async (tx) => {
      await tx.run(ADD, ['teapot', 1]);
      await endBackends(url);
      await tx.run(ADD, ['cup', 1]);
    });
    await expect(order).rejects.toThrow();
    expect(await eventually(() => db.all('SELECT * FROM stock'))).toEqual([]);
  });

  test('keeps the connection and its prepared statements after a refused statement', async () => {
    const single = await openDatabase({ url, migrations: [], poolSize: 1 });
    await single.run(ADD, ['teapot', 1]);
    await expect(single.run(ADD, ['teapot', 1])).rejects.toThrow('stock.id is already there');
    await single.run(ADD, ['cup', 1]);
    const prepared = await single.all<{ statement: string }>(
      'SELECT statement FROM pg_prepared_statements WHERE statement LIKE $1',
      ['INSERT%'],
    );
    expect(prepared).toEqual([{ statement: ADD }]);
    await single.close();
  });

  test('refuses to round a number beyond 2^53', async () => {
    await db.run("INSERT INTO stock VALUES ('exact', 9007199254740991)");
    await db.run("INSERT INTO stock VALUES ('beyond', 9007199254740992)");
    const left = 'SELECT left_count FROM stock WHERE id = $1';
    expect(await db.get(left, ['exact'])).toEqual({ left_count: Number.MAX_SAFE_INTEGER });
    await expect(db.get(left, ['beyond'])).rejects.toThrow('9007199254740992');
    await expect(db.get('SELECT sum(left_count) AS total FROM stock')).rejects.toThrow('18014');
    await db.ping();
  });

  test('gives other types as text, as SQLite does', async () => {
    const sql = `SELECT DATE '2026-02-28' AS day, '{"a":1}'::json AS doc`;
    expect(await db.get(sql)).toEqual({ day: '2026-02-28', doc: '{"a":1}' });
  });

  test('runs transactions side by side, READ COMMITTED whatever the server says', async () => {
    await db.run(`ALTER DATABASE ${new URL(url).pathname.slice(1)}
      SET default_transaction_isolation = 'serializable'`);
    const fresh = await openDatabase({ url, migrations: [], poolSize: 2 });
    await fresh.transaction(async (outer) => {
      const level = await fresh.transaction((inner) => inner.get('SHOW transaction_isolation'));
      expect(level).toEqual({ transaction_isolation: 'read committed' });
      await outer.run(ADD, ['teapot', 1]);
    });
    await fresh.close();
  });

  test('migrates once when opened at once, however strict the server says to be', async () => {
    const strict = '?options=-c%20default_transaction_isolation%3Dserializable';
    const options = { url: (await server.createDatabase()) + strict, migrations, poolSize: 1 };
    const replicas = await Promise.all(Array.from({ length: 5 }, () => openDatabase(options)));
    expect(await replicas[0]?.all('SELECT number FROM migrations')).toEqual([{ number: 1 }]);
    await Promise.all(replicas.map((replica) => replica.close()));
  });

  test('fails a transaction whose unawaited statement failed behind its back', async () => {
    await db.run(ADD, ['teapot', 1]);
    let unawaited: Promise<unknown> | undefined;
    const order = db.transaction(async (tx) => {
      await tx.run(ADD, ['cup', 1]);
      unawaited = tx.run(ADD, ['teapot', 1]).catch(() => {});
    });
    await expect(order).rejects.toThrow('nobody awaited');
    await unawaited;
    expect(await db.all('SELECT id FROM stock')).toEqual([{ id: 'teapot' }]);
  });

  test('says that every connection is busy when none comes free in time', async () => {
    const single = await openDatabase({ url, migrations: [], poolSize: 1 });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let waiting = (): void => {};
    const inside = new Promise<void>((resolve) => {
      waiting = resolve;
    });
    const stuck = single.transaction(async () => {
      waiting();
      await single.ping();
    });
    const verdict = expect(stuck).rejects.toThrow('All 1 connections to PostgreSQL stayed busy');
    await inside;
    await vi.advanceTimersByTimeAsync(10_000);
    await verdict;
    vi.useRealTimers();
    await single.ping();
    await single.close();
  });

  test('that does not exist is refused by name', async () => {
    const wrong = url.replace(/\w+$/, 'nowhere');
    const opening = openDatabase({ url: wrong, migrations: [] });
    await expect(opening).rejects.toBeInstanceOf(UnusableDatabase);
    await expect(opening).rejects.toThrow('has no database nowhere; create it');
  });

  test('that does not know the user is refused by name, without the password', async () => {
    const wrong = url.replace('lab@', 'mallory:hunter2@');
    const sentence = await openDatabase({ url: wrong, migrations: [] }).catch(
      (error) => error.message,
    );
    expect(sentence).toMatch(/^PostgreSQL at 127\.0\.0\.1:\d+ does not let mallory in; .*\.$/);
    expect(sentence).not.toContain('hunter2');
  });
});

/** Ends every other connection to the database, as a restart of the server would. */
async function endBackends(url: string): Promise<void> {
  await asAdmin(url, (client) =>
    client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`),
  );
}

async function untilGone(url: string, pid: number): Promise<void> {
  await asAdmin(url, async (client) => {
    const sql = 'SELECT 1 FROM pg_stat_activity WHERE pid = $1';
    while ((await client.query(sql, [pid])).rowCount !== 0);
  });
}

async function asAdmin(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await work(client);
  await client.end();
}

/** The server's goodbye may still be on its way: the first statement after it may fail. */
async function eventually<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt < 5; attempt += 1) {
    try {
      return await ask();
    } catch {
      // a connection that was already dead; the pool drops it
    }
  }
  return ask();
}
