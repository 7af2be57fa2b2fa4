// runtime/duckdb-open.test.ts: what is said of a file of columns that cannot be opened, and who may have it.
// Run by `npm test`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDatabase, UnusableDatabase } from './database.ts';

const migrations = [{ name: '0001-notes.sql', sql: 'CREATE TABLE notes (id TEXT, body TEXT)' }];
const folder = mkdtempSync(join(tmpdir(), 'lab-duckdb-open-'));
const path = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

/** @returns the sentence, after checking that it is one and that it is an UnusableDatabase */
async function refusal(url: string): Promise<string> {
  const error = await openDatabase({ url, migrations }).then(
    async (db) => db.close(),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UnusableDatabase)) throw new Error(`Not refused: ${String(error)}`);
  expect(error.message).toMatch(/^[^\n]+\.$/);
  return error.message;
}

test.each(['duckdb:', 'duckdb::memory:', 'duckdb:?threads=1'])('%j names no file', async (url) =>
  expect(await refusal(url)).toContain('DATABASE_URL names no file'),
);

test('a setting that is none is named', async () => {
  expect(await refusal(`duckdb:${path('a.duckdb')}?speed=9`)).toContain('has "speed"');
});

test('threads and memory are as the URL says, and bounded where it says nothing', async () => {
  const settings = `SELECT current_setting('threads') AS threads, current_setting('memory_limit') AS memory`;
  const of = async (url: string) => {
    const db = await openDatabase({ url, migrations });
    const found = await db.get<{ threads: number; memory: string }>(settings);
    await db.close();
    return found;
  };
  expect(await of(`duckdb:${path('one.duckdb')}`)).toMatchObject({ threads: 1 });
  const two = await of(`duckdb:${path('two.duckdb')}?threads=2&memory=64MB`);
  expect(two?.threads).toBe(2);
  expect(two?.memory).toMatch(/^61\.0 MiB/);
});

test('a text file is refused and left as it is', async () => {
  const text = 'Dear diary, today I sold a teapot. '.repeat(200);
  writeFileSync(path('diary.txt'), text);
  expect(await refusal(`duckdb:${path('diary.txt')}`)).toContain('is not a DuckDB file');
  expect(readFileSync(path('diary.txt'), 'utf8')).toBe(text);
});

test('a file that lost its end, and one with a damaged block, are refused by name', async () => {
  const db = await openDatabase({ url: `duckdb:${path('whole.duckdb')}`, migrations });
  await db.transaction(async (tx) => {
    for (let i = 0; i < 300; i += 1)
      await tx.run('INSERT INTO notes VALUES ($1, $2)', [`note-${i}`, `${i} x`.repeat(100)]);
  });
  await db.close();
  const bytes = readFileSync(path('whole.duckdb'));
  writeFileSync(path('short.duckdb'), bytes.subarray(0, 6000));
  expect(await refusal(`duckdb:${path('short.duckdb')}`)).toContain('short.duckdb');
  const harmed = Buffer.from(bytes);
  harmed.fill(0xee, 4096, 3 * 4096); // both headers
  writeFileSync(path('harmed.duckdb'), harmed);
  expect(await refusal(`duckdb:${path('harmed.duckdb')}`)).toContain('harmed.duckdb');
});

test('a folder is refused with a file to take instead', async () => {
  mkdirSync(path('data'));
  expect(await refusal(`duckdb:${path('data')}`)).toContain(
    `duckdb:${path('data')}/reports.duckdb`,
  );
});

test('a file that another process holds is refused, and free once that one is gone', async () => {
  const url = `duckdb:${path('held.duckdb')}`;
  const script = `
    const { openDatabase } = await import('${new URL('database.ts', import.meta.url)}');
    await openDatabase({ url: ${JSON.stringify(url)}, migrations: [] });
    console.log('open');
    setInterval(() => {}, 1e6);`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  expect(await refusal(url)).toContain('held.duckdb is held by another process');
  // Whoever waits for it gets it from one that is killed.
  const opening = openDatabase({ url, migrations: [] });
  child.kill('SIGKILL');
  await (await opening).close();
}, 60_000);
