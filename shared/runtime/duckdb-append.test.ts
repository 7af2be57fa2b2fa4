// runtime/duckdb-append.test.ts: rows entered whole: what they may hold, and whose they are.
// Run by `npm test`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { type ColumnDatabase, keepsColumns } from './column-database.ts';
import { openDatabase } from './database.ts';

const folder = mkdtempSync(join(tmpdir(), 'lab-append-'));
const sql = `CREATE TABLE things (
  number BIGINT, name VARCHAR NOT NULL, day DATE, at_ms TIMESTAMP, line INTEGER, first BOOLEAN)`;
const migrations = [{ name: '0001-things.sql', sql }];
const teapot = [2 ** 53 - 1, 'Teekanne, 茶', '2026-11-22', 1_764_412_345_678, 3, 1];
const nothing = [1, 'nothing', null, null, null, null];

let made = 0;
let db: ColumnDatabase;
beforeEach(async () => {
  const url = `duckdb:${join(folder, `${made++}.duckdb`)}`;
  const opened = await openDatabase({ url, migrations });
  if (!keepsColumns(opened)) throw new Error('no columns');
  db = opened;
  return () => db.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const count = async () =>
  (await db.get<{ count: number }>('SELECT count(*) AS count FROM things'))?.count;

test('every type comes out as it went in', async () => {
  await db.transaction((tx) => tx.append('things', [teapot, nothing]));
  const rows = await db.all(
    `SELECT number, name, CAST(day AS TEXT) AS day, epoch_ms(at_ms) AS at_ms, line, first
     FROM things ORDER BY number DESC`,
  );
  expect(rows.map((row) => Object.values(row as object))).toEqual([teapot, nothing]);
});

test('its own transaction sees them, others once it has committed', async () => {
  await db.transaction(async (tx) => {
    await tx.append('things', Array(3000).fill(teapot));
    expect(await tx.get('SELECT count(*) AS count FROM things')).toEqual({ count: 3000 });
    expect(await count()).toBe(0);
  });
  expect(await count()).toBe(3000);
});

test('a transaction that fails takes them with it', async () => {
  const failing = db.transaction(async (tx) => {
    await tx.append('things', Array(3000).fill(teapot));
    throw new Error('regretted');
  });
  await expect(failing).rejects.toThrow('regretted');
  expect(await count()).toBe(0);
});

test.each([
  ['too narrow', [1, 'a'], /A row of 2 values for 6 columns/],
  ['with a fraction for a whole number', [1, 'a', null, null, 0.5, 1], /0\.5 is no whole number/],
  ['with a day that is none', [1, 'a', 'tomorrow', null, 1, 1], /is no whole number/],
  ['that breaks a constraint', [1, null, null, null, 1, 1], /NOT NULL/],
])('a row %s fails its transaction, and nothing of it is entered', async (_name, row, why) => {
  const failing = db.transaction(async (tx) => {
    await tx.append('things', [teapot, teapot]);
    await tx.append('things', [teapot, row, teapot]).catch(() => {});
  });
  await expect(failing).rejects.toThrow(why);
  expect(await count()).toBe(0);
  await db.transaction((tx) => tx.append('things', [teapot]));
  expect(await count()).toBe(1);
});

test('the tx of a transaction that is over takes nothing', async () => {
  const kept = await db.transaction(async (tx) => tx);
  await expect(kept.append('things', [teapot])).rejects.toThrow('has ended');
  expect(await count()).toBe(0);
});
