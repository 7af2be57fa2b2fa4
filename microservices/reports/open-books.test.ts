// reports/open-books.test.ts: what a damaged file of books becomes, and that the engine keeps to its bounds.
// Run by vitest.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { Order } from '@lab/shared/contract/orders.ts';
import { pastOrders } from '@lab/shared/fixtures/past-orders.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { booksOf } from './books.ts';
import { readConfig } from './config.ts';
import { revenueReport } from './controller.ts';
import { journalBeside } from './journal.ts';
import { openBooks } from './open-books.ts';

let folder: string;
let said: unknown[][];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-books-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = () => join(folder, 'reports.duckdb');
const hear = (...words: unknown[]) => said.push(words);
const log = { error: hear, warn: hear } as unknown as Logger;

async function withBooks<Result>(
  env: Record<string, string>,
  work: (db: Database) => Promise<Result>,
): Promise<Result> {
  const config = readConfig({ DATABASE_URL: `duckdb:${path()}`, PAST_ORDERS: '40', ...env });
  const db = await openBooks(import.meta.url, config, log);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

const report = (db: Database) => revenueReport(db, { by: 'day' });
const ordersIn = async (env: Record<string, string> = {}) =>
  (await withBooks(env, report)).rows.reduce((sum, { orders }) => sum + orders, 0);

test('books that are whole are opened as they are, and seeded once', async () => {
  expect(await ordersIn()).toBe(40);
  expect(await ordersIn({ PAST_ORDERS: '50' })).toBe(40);
  expect(said).toEqual([]);
});

const today = new Date().toISOString().slice(0, 10);
const LACKED = 'the books lacked events of their journal';

/** Of an order that no past has. */
function sale(): OrderEvent {
  const [order] = pastOrders({ seed: 5, count: 1, before: '2026-11-20T00:00:00.000Z' });
  const data = { ...(order as Order), id: 'ord_new' };
  return { id: 'evt_1', type: 'order.confirmed', time: data.placedAt, data };
}

/** Bytes of a file that somebody has harmed. */
const harms: [string, (bytes: Buffer) => Buffer][] = [
  ['is empty', () => Buffer.alloc(0)],
  ['lost all but its first bytes', (bytes) => bytes.subarray(0, 100)],
  ['lost its second half', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ['lost its last byte', (bytes) => bytes.subarray(0, -1)],
  ['is another text', () => Buffer.from('Dear diary. '.repeat(2000))],
  ['has a byte changed among its values', (bytes) => changed(bytes, bytes.indexOf('prd_'))],
  ['has both of its headers overwritten', (bytes) => Buffer.from(bytes).fill(0xee, 4096, 12_288)],
];

test.each(harms)('a file that %s is kept aside, said, and made again', async (_name, harm) => {
  await withBooks({}, (db) => booksOf(db, journalBeside(`duckdb:${path()}`)).enter(sale()));
  expect(await ordersIn()).toBe(41);
  const harmed = harm(readFileSync(path()));
  writeFileSync(path(), harmed);
  // With the past that it was begun with, and what came since.
  expect(await ordersIn({ PAST_ORDERS: '7' })).toBe(41);
  const [[facts, sentence] = [], again] = said as [{ reason: string; kept: string }, string][];
  expect(again).toEqual([{ entered: 1, unreadable: 0, past: { count: 40, day: today } }, LACKED]);
  expect(facts?.reason).toMatch(/reports\.duckdb [^\n]+\.$/);
  expect(sentence).toMatch(/^the books are damaged/);
  expect(facts?.kept).toMatch(/reports\.duckdb\.damaged-/);
  expect(readFileSync(facts?.kept ?? '').equals(harmed)).toBe(true);
});

test('a damaged log of the last writes is kept aside with its file', async () => {
  const [whole, log] = await withBooks({}, async (db) => {
    await db.run("INSERT INTO seen_events VALUES (1, 'evt_1', epoch_ms(0))");
    return [readFileSync(path()), readFileSync(`${path()}.wal`)] as const;
  });
  writeFileSync(path(), whole);
  writeFileSync(`${path()}.wal`, changed(log, log.length / 2));
  // With the past that it was begun with.
  expect(await ordersIn({ PAST_ORDERS: '7' })).toBe(40);
  expect(readdirSync(folder).filter((name) => /\.damaged-.*Z(\.wal)?$/.test(name))).toHaveLength(2);
});

function changed(bytes: Buffer, at: number): Buffer {
  const harmed = Buffer.from(bytes);
  harmed[Math.floor(at)] = ~(harmed[Math.floor(at)] ?? 0) & 0xff;
  return harmed;
}

test("somebody else's file is refused, and left as it is", async () => {
  const notes = join(folder, 'notes.txt');
  writeFileSync(notes, 'Dear diary.');
  await expect(ordersIn({ DATABASE_URL: `duckdb:${notes}` })).rejects.toThrow(
    `${notes} is not a DuckDB file; name another, or move this one away.`,
  );
  expect(readFileSync(notes, 'utf8')).toBe('Dear diary.');
  expect(said).toEqual([]);
});

test.each([
  ['?threads=0', 'DATABASE_URL has threads or memory that DuckDB refuses'],
  ['?memory=much', 'DATABASE_URL has threads or memory that DuckDB refuses'],
])('a setting such as %s is refused, not the file', async (query, sentence) => {
  const url = `duckdb:${path()}${query}`;
  await expect(ordersIn({ DATABASE_URL: url })).rejects.toThrow(sentence);
});

test('a file of SQLite is refused by what it is', async () => {
  const file = join(folder, 'rows.duckdb');
  await ordersIn({ DATABASE_URL: `file:${file}` });
  await expect(ordersIn({ DATABASE_URL: `duckdb:${file}` })).rejects.toThrow('is an SQLite file');
});

test('threads and memory are those of the settings, or of the URL', async () => {
  const bounds = (env: Record<string, string>) =>
    withBooks(env, (db) =>
      db.get<{ threads: number; memory: string }>(
        `SELECT current_setting('threads') AS threads, current_setting('memory_limit') AS memory`,
      ),
    );
  expect(await bounds({})).toEqual({ threads: 1, memory: '244.1 MiB' });
  const set = await bounds({ REPORTS_THREADS: '2', REPORTS_MEMORY_MB: '100' });
  expect(set).toEqual({ threads: 2, memory: '95.3 MiB' });
  const url = `duckdb:${path()}?threads=3&memory=64MB`;
  expect(await bounds({ DATABASE_URL: url })).toEqual({ threads: 3, memory: '61.0 MiB' });
  for (const wrong of [{ REPORTS_THREADS: '0' }, { REPORTS_MEMORY_MB: '63' }])
    expect(() => readConfig(wrong)).toThrow(`${Object.keys(wrong)[0]} is`);
});

test('on rows the same call opens the tables of rows', async () => {
  expect(await ordersIn({ DATABASE_URL: `file:${join(folder, 'reports.db')}` })).toBe(40);
});

test('a journal that cannot be one is said in a sentence', async () => {
  mkdirSync(`${path()}.events`);
  await expect(ordersIn()).rejects.toThrow(
    /^The journal of the books at .*reports\.duckdb\.events cannot be used \(EISDIR\); make it/,
  );
});
