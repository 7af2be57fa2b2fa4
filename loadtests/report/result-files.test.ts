// report/result-files.test.ts: what is written can be read, and what cannot be read says why in a sentence.
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CannotStart } from '../targets/cannot-start.ts';
import { blastResult } from './fixtures/lab-blast.ts';
import { hopResult } from './fixtures/lab-hop.ts';
import { pageOf } from './page/page.ts';
import { readResults } from './read-results.ts';
import { writeReports } from './result-files.ts';
import { resultJson } from './stable-json.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-results-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('three files are written, the page first, which links the rows and nothing that strayed in', async () => {
  await mkdir(join(folder, 'rows'));
  await writeFile(join(folder, 'notes.txt'), '');
  const written = await writeReports(folder, [hopResult]);
  const names = written.map(({ path }) => basename(path));
  expect(names).toEqual(['report.html', 'report.md', 'result.json']);
  for (const { path, sizeBytes } of written) expect((await stat(path)).size).toBe(sizeBytes);
  const page = await readFile(join(folder, 'report.html'), 'utf8');
  expect(page).toContain('href="./rows"');
  expect(page).not.toContain('notes.txt');
  expect(page).toContain('<a class="download" href="./result.json" download>');
  expect(page).not.toContain('href="./report.html"');
});

test('the page made from the file again is the page beside the file', async () => {
  await writeReports(folder, [hopResult, blastResult]);
  const again = pageOf(await readResults(folder), ['result.json', 'report.md']);
  expect(again).toBe(await readFile(join(folder, 'report.html'), 'utf8'));
});

test('one run is read as a list of one', async () => {
  await writeReports(folder, [blastResult]);
  expect((await readResults(folder)).map(({ runId }) => runId)).toEqual([blastResult.runId]);
});

test('a reader of the file meets the run and its verdict before the blocks and figures', () => {
  const { results } = JSON.parse(resultJson([hopResult]));
  expect(Object.keys(results[0]).slice(0, 2)).toEqual(['schemaVersion', 'runId']);
  expect(Object.keys(results[0]).slice(-2)).toEqual(['blocks', 'figures']);
  expect(Object.keys(results[0].evaluation).slice(0, 2)).toEqual(['sentence', 'valid']);
});

const whole = JSON.parse(resultJson([blastResult]));
const [run] = whole.results;
const damaged: readonly [how: string, text: string, sentence: RegExp][] = [
  ['half a file', resultJson([blastResult]).slice(0, 5000), /is not JSON, or only half of it/],
  ['an older version', '{"schemaVersion":1}', /is not of this lab's version 2/],
  ['not an object', '[]', /is not of this lab's version 2/],
  ['no result', JSON.stringify({ ...whole, results: [] }), /damaged: \/results /],
  [
    'a sentence that is none',
    JSON.stringify({
      ...whole,
      results: [{ ...run, evaluation: { ...run.evaluation, sentence: 1 } }],
    }),
    /damaged: \/results\/0\/evaluation\/sentence must be string/,
  ],
  [
    'an unknown figure',
    JSON.stringify({ ...whole, results: [{ ...run, figures: [{ kind: 'pie' }] }] }),
    /damaged: \/results\/0\/figures\/0 /,
  ],
  [
    'a figure without its rows',
    JSON.stringify({
      ...whole,
      results: [{ ...run, figures: [{ ...run.figures[2], rows: undefined }] }],
    }),
    /damaged: \/results\/0\/figures\/0 must have required property 'rows'/,
  ],
];

test.each(damaged)('%s is refused in one sentence', async (_, text, sentence) => {
  await writeFile(join(folder, 'result.json'), text);
  const refusal = readResults(folder);
  await expect(refusal).rejects.toBeInstanceOf(CannotStart);
  await expect(refusal).rejects.toThrow(sentence);
});

test('a folder without results is refused, naming the file', async () => {
  await expect(readResults(folder)).rejects.toThrow(/result\.json cannot be read \(ENOENT\)/);
});
