// report/write-reports.test.ts: three files, the same bytes for the same content, nothing else touched.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { smallResult } from './fixtures/small-result.ts';
import { stableJson, writeReports } from './write-reports.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-reports-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('three files are written, the page first, and the page links the rows beside it', async () => {
  await writeFile(join(folder, 'rows-monolith.jsonl'), '');
  const files = await writeReports(folder, smallResult);
  expect(files.map((file) => basename(file))).toEqual(['report.html', 'report.md', 'result.json']);
  const page = await readFile(join(folder, 'report.html'), 'utf8');
  expect(page).toContain('href="./rows-monolith.jsonl"');
  expect(page).not.toContain('href="./report.html"');
});

test('writing again replaces the same bytes and adds no file', async () => {
  await writeReports(folder, smallResult);
  const before = await readFile(join(folder, 'report.html'), 'utf8');
  await writeReports(folder, smallResult);
  expect(await readFile(join(folder, 'report.html'), 'utf8')).toBe(before);
  expect((await readdir(folder)).sort()).toEqual(['report.html', 'report.md', 'result.json']);
});

test('the order in which a result was put together leaves no trace', () => {
  const reversed = Object.fromEntries(Object.entries(smallResult).reverse());
  expect(stableJson(reversed as unknown as typeof smallResult)).toBe(stableJson(smallResult));
});

test('a reader of the JSON meets the verdict first', () => {
  expect(Object.keys(JSON.parse(stableJson(smallResult))).slice(0, 5)).toEqual([
    'schemaVersion',
    'experiment',
    'question',
    'sentence',
    'valid',
  ]);
});
