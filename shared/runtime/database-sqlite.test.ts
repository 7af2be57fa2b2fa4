// What holds on SQLite alone: requests take the one writer in turn, and readers never wait for it.
// The rules both engines keep are in database.test.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Database, openDatabase, type Queries } from './database.ts';

const ADD = 'INSERT INTO log (entry) VALUES ($1)';
let folder: string;
let db: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lab-sqlite-'));
  const sql = `CREATE TABLE log (n INTEGER PRIMARY KEY, entry TEXT NOT NULL);
    CREATE TABLE notes (log_n INTEGER REFERENCES log (n));`;
  const migrations = [{ name: '0001-log.sql', sql }];
  db = await openDatabase({ url: `file:${join(folder, 'shop.db')}`, migrations });
});

afterEach(async () => {
  vi.useRealTimers();
  await db.close();
  rmSync(folder, { recursive: true });
});

async function entries(): Promise<string[]> {
  const rows = await db.all<{ entry: string }>('SELECT entry FROM log ORDER BY n');
  return rows.map(({ entry }) => entry);
}

test('transactions and single writes take turns in the order they were asked for', async () => {
  const slow = (name: string) => async (tx: Queries) => {
    await tx.run(ADD, [`${name} begins`]);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await tx.run(ADD, [`${name} ends`]);
  };
  await Promise.all([
    db.transaction(slow('alice')),
    db.run(ADD, ['bob writes']),
    db.transaction(slow('carol')),
    db.get(`${ADD} RETURNING n`, ['dave writes']),
  ]);
  const inTurn = ['alice begins', 'alice ends', 'bob writes', 'carol begins', 'carol ends'];
  expect(await entries()).toEqual([...inTurn, 'dave writes']);
});

test('a transaction started inside another one runs after it', async () => {
  let inner: Promise<unknown> | undefined;
  await db.transaction(async (tx) => {
    inner = db.transaction((later) => later.run(ADD, ['inner']));
    await tx.run(ADD, ['outer']);
  });
  await inner;
  expect(await entries()).toEqual(['outer', 'inner']);
});

test('a transaction that awaits the database instead of its tx is undone', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const stuck = db.transaction(async (tx) => {
    await tx.run(ADD, ['before']);
    await db.run(ADD, ['waits for its own end']);
  });
  const verdict = expect(stuck).rejects.toThrow('instead of its tx');
  await vi.advanceTimersByTimeAsync(10_000);
  await verdict;
  await db.run(ADD, ['afterwards']);
  expect(await entries()).toEqual(['afterwards']);
});

test('a read inside a transaction sees its writes, one outside the last commit', async () => {
  const count = 'SELECT count(*) AS n FROM log';
  await db.run(ADD, ['committed']);
  await db.transaction(async (tx) => {
    await tx.run(ADD, ['not yet']);
    expect(await tx.get(count)).toEqual({ n: 2 });
    expect(await db.get(count)).toEqual({ n: 1 });
  });
  expect(await db.get(count)).toEqual({ n: 2 });
});

test('a failed single write leaves the writer free and no transaction open', async () => {
  await expect(db.run('INSERT INTO notes VALUES ($1)', [404])).rejects.toThrow('FOREIGN KEY');
  await expect(db.run('INSERT INTO nowhere VALUES (1)')).rejects.toThrow('no such table');
  await db.transaction((tx) => tx.run(ADD, ['next']));
  expect(await entries()).toEqual(['next']);
});

test('BEGIN and the like are refused, because they would hold the shared connection', async () => {
  await expect(db.run('BEGIN')).rejects.toThrow('transaction()');
  await expect(db.get('COMMIT')).rejects.toThrow('transaction()');
  await db.run(ADD, ['still free']);
  expect(await entries()).toEqual(['still free']);
});

test('the file is in WAL mode and flushed when the WAL is folded back', async () => {
  expect(await db.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
  expect(await db.transaction((tx) => tx.get('PRAGMA synchronous'))).toEqual({ synchronous: 1 });
});
