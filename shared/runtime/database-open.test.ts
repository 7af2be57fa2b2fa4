// What a person reads when the database cannot be opened: one sentence that names the thing.
// Needs no PostgreSQL: what only a running server can refuse is in database-postgres.test.ts.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, UnusableDatabase } from './database.ts';

const TABLE = 'CREATE TABLE notes (id TEXT PRIMARY KEY, body TEXT)';
const migrations = [{ name: '0001-notes.sql', sql: TABLE }];
const folder = mkdtempSync(join(tmpdir(), 'lab-open-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** @returns the sentence, after checking that it is one and that it is an UnusableDatabase */
async function refusal(url: string, options = {}): Promise<string> {
  const error = await openDatabase({ url, migrations, ...options }).then(
    async (db) => db.close(),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UnusableDatabase)) throw new Error(`Not refused: ${String(error)}`);
  expect(error.message).toMatch(/^[^\n]+\.$/);
  expect(error.message).not.toContain('hunter2');
  expect(JSON.stringify(error.cause ?? null)).not.toContain('hunter2');
  return error.message;
}

describe('DATABASE_URL', () => {
  const wrong = ['', 'shop.db', 'mysql://alice:hunter2@127.0.0.1/shop', 'alice:hunter2@shop'];
  test.each(wrong)('is named when it is %j', async (url) => {
    expect(await refusal(url)).toContain(
      'DATABASE_URL must begin with file:, postgres:// or duckdb:',
    );
  });

  test.each(['file:', 'file::memory:', 'file://elsewhere/shop.db'])(
    'is named when it is %j, which is no file',
    async (url) => expect(await refusal(url)).toMatch(/^DATABASE_URL .* no file/),
  );

  test.each(['postgres://a:hunter2@127.0.0.1:99999/x', 'postgres://a:hunter2%ff@127.0.0.1/x'])(
    'is named when it is broken as %j, without its password',
    async (url) => expect(await refusal(url)).toContain('DATABASE_URL is not a valid URL'),
  );
});

describe('an SQLite file', () => {
  const path = (name: string): string => join(folder, name);

  test('opens as file:///path too, and its folder is made', async () => {
    const db = await openDatabase({ url: `file://${path('a/b/shop.db')}`, migrations });
    await db.close();
    expect(readFileSync(path('a/b/shop.db')).subarray(0, 15).toString()).toBe('SQLite format 3');
  });

  test('that is a text file is refused and left as it is', async () => {
    const text = 'Dear diary, today I sold a teapot. '.repeat(200);
    writeFileSync(path('diary.txt'), text);
    const sentence = await refusal(`file:${path('diary.txt')}`);
    expect(sentence).toContain(`${path('diary.txt')} is not an SQLite database`);
    expect(readFileSync(path('diary.txt'), 'utf8')).toBe(text);
  });

  test('with a damaged page is refused', async () => {
    await writeNotes(path('damaged.db'), 200);
    const bytes = readFileSync(path('damaged.db'));
    bytes.fill(0xee, 4096 * 3, 4096 * 5);
    writeFileSync(path('damaged.db'), bytes);
    expect(await refusal(`file:${path('damaged.db')}`)).toContain(
      `${path('damaged.db')} is damaged`,
    );
  });

  test('that lost its end is refused', async () => {
    await writeNotes(path('short.db'), 200);
    writeFileSync(path('short.db'), readFileSync(path('short.db')).subarray(0, 4096 * 4));
    expect(await refusal(`file:${path('short.db')}`)).toContain(`${path('short.db')} is damaged`);
  });

  test('that is a folder is refused', async () => {
    mkdirSync(path('data'));
    const sentence = await refusal(`file:${path('data')}`);
    expect(sentence).toContain(`${path('data')} is a folder`);
    expect(sentence).toContain(`file:${path('data')}/shop.db`);
  });

  test('below something that is no folder is refused', async () => {
    writeFileSync(path('plain'), '');
    const sentence = await refusal(`file:${path('plain/shop.db')}`);
    expect(sentence).toContain(`${path('plain/shop.db')} cannot be opened`);
  });

  // The superuser may open anything.
  test.skipIf(process.getuid?.() === 0)('that may not be read is refused', async () => {
    writeFileSync(path('secret.db'), '', { mode: 0o000 });
    expect(await refusal(`file:${path('secret.db')}`)).toContain(
      'check its folder and permissions',
    );
  });

  test('without the native addon is refused, naming the addon and not the file', async () => {
    const sqliteAddon = path('better_sqlite3.node');
    const sentence = await refusal(`file:${path('shop.db')}`, { sqliteAddon });
    expect(sentence).toContain("SQLite's native addon does not load");
    expect(sentence).toContain(sqliteAddon);
  });
});

describe('a PostgreSQL server', () => {
  let deaf: Server;
  let port: number;
  beforeAll(async () => {
    deaf = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    const address = deaf.address();
    port = address !== null && typeof address === 'object' ? address.port : 0;
  });
  afterAll(() => void deaf.close());

  test('that is not there is refused by host and port', async () => {
    const sentence = await refusal('postgres://alice:hunter2@127.0.0.1:1/shop');
    expect(sentence).toContain('No PostgreSQL answers at 127.0.0.1:1 (ECONNREFUSED)');
  });

  test('that turns out to be something else is refused by host and port', async () => {
    const sentence = await refusal(`postgresql://alice:hunter2@127.0.0.1:${port}/shop`);
    expect(sentence).toContain(`No PostgreSQL answers at 127.0.0.1:${port}`);
  });
});

async function writeNotes(path: string, count: number): Promise<void> {
  const db = await openDatabase({ url: `file:${path}`, migrations });
  for (let i = 0; i < count; i += 1) {
    await db.run('INSERT INTO notes VALUES ($1, $2)', [`note-${i}`, 'x'.repeat(200)]);
  }
  await db.close(); // folds the WAL into the file, so that damage to the file is damage to the data
}
