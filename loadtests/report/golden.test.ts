// report/golden.test.ts: the reports of the small fixture, byte for byte as they are stored.
// UPDATE_GOLDEN=1 stores them anew; look at the difference before you commit it.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { invalidResult, smallResult } from './fixtures/small-result.ts';
import { htmlReport } from './html.ts';
import { markdownReport } from './markdown.ts';
import { terminalReport } from './terminal.ts';
import { stableJson } from './write-reports.ts';

const update = process.env.UPDATE_GOLDEN === '1';
const files = ['result.json', 'report.md', 'rows-monolith.jsonl'];

function expectGolden(name: string, text: string): void {
  const path = fileURLToPath(new URL(`fixtures/${name}.golden`, import.meta.url));
  if (update) writeFileSync(path, text);
  expect(text === readFileSync(path, 'utf8'), `${name} has changed; UPDATE_GOLDEN=1`).toBe(true);
}

test('the page is the stored page, byte for byte', () => {
  expectGolden('report.html', htmlReport(smallResult, files));
});

test('the Markdown is the stored Markdown, byte for byte', () => {
  expectGolden('report.md', markdownReport(smallResult));
});

test('the terminal report is the stored one at 80 columns', () => {
  const options = { columns: 80, colour: false, files: ['results/small/report.html'] };
  expectGolden('report.txt', terminalReport(smallResult, options));
});

test('a report made again from stored JSON is the same report', () => {
  const stored = JSON.parse(stableJson(smallResult));
  expect(markdownReport(stored)).toBe(markdownReport(smallResult));
  expect(terminalReport(stored, { columns: 100, colour: true })).toBe(
    terminalReport(smallResult, { columns: 100, colour: true }),
  );
});

test('a run that is not valid says so before anything else, with every reason once', () => {
  expect(markdownReport(invalidResult)).toMatch(/^> \[!CAUTION\]\n> \*\*✗ This run is not valid/);
  const page = htmlReport(invalidResult, files);
  const shown = page.slice(0, page.indexOf('<script'));
  expect(shown.indexOf('This run is not valid')).toBeLessThan(shown.indexOf('<h1>'));
  expect(shown.split('gateway did not die.').length - 1).toBe(1);
  expect(shown).toContain('The machine was busy.');
});
