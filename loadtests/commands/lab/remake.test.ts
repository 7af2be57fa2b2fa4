// commands/lab/remake.test.ts: whether a report made again is the same, told file by file.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blastResult } from '../../report/fixtures/lab-blast.ts';
import { readResults } from '../../report/read-results.ts';
import { writeReports } from '../../report/result-files.ts';
import { goodResult } from '../../screen/fixtures/lab-results.ts';
import { CannotStart } from '../../targets/cannot-start.ts';
import { type ReportMaker, remadeText, remakeReports } from './remake.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-remake-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function makerOf(texts: Readonly<Record<string, string>>): ReportMaker {
  return {
    readResults: async () => [goodResult],
    async writeReports(where) {
      for (const [name, text] of Object.entries(texts)) writeFileSync(join(where, name), text);
      return Object.keys(texts).map((name) => ({ path: join(where, name) }));
    },
  };
}

test('the same bytes, changed bytes and a new file are told apart, with sizes', async () => {
  writeFileSync(join(folder, 'report.html'), 'page');
  writeFileSync(join(folder, 'report.md'), 'old text');
  const maker = makerOf({ 'report.html': 'page', 'report.md': 'text', 'result.json': '{}' });
  const lines = remadeText(await remakeReports(folder, maker)).split('\n');
  expect(lines[0]).toMatch(/^✓ the same bytes +4 bytes +\S+report\.html$/);
  expect(lines[1]).toMatch(/^~ changed +4 bytes +\S+report\.md +was 8 bytes$/);
  expect(lines[2]).toMatch(/^· new +2 bytes +\S+result\.json$/);
});

test('bytes of the same length that differ are not the same', async () => {
  writeFileSync(join(folder, 'report.html'), 'page');
  const [remade] = await remakeReports(folder, makerOf({ 'report.html': 'gape' }));
  expect(remade?.isSame).toBe(false);
});

test('where there is no result nothing is written', async () => {
  const none = new CannotStart('result.json cannot be read.');
  const maker = { ...makerOf({ 'report.html': '' }), readResults: () => Promise.reject(none) };
  await expect(remakeReports(folder, maker)).rejects.toBe(none);
  expect(readdirSync(folder)).toEqual([]);
});

test('the real reports of a stored result, made again, are the same bytes', async () => {
  await writeReports(folder, [blastResult]);
  const remade = await remakeReports(folder, { readResults, writeReports });
  expect(remade.map(({ isSame }) => isSame)).toEqual([true, true, true]);
});
