// screen/lab-verdicts.test.ts: the final text, as stored and as it must be on every terminal.
// UPDATE_GOLDEN=1 stores it anew; look at the difference before you commit it.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { badResult, goodResult } from './fixtures/lab-results.ts';
import { verdictText } from './lab-verdicts.ts';

const ESCAPE = '\u001b';
const files = ['results/2026-11-22-blast-radius/report.html', 'results/2026-11-22/report.md'];
const both = [goodResult, badResult];

function textAt(columns: number, colours = false, results = both): string {
  return verdictText(results, files, { colours, columns });
}

test.each([40, 80, 120])('at %i columns the text is the stored one', (columns) => {
  const path = fileURLToPath(new URL(`fixtures/verdicts-${columns}.golden`, import.meta.url));
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, textAt(columns));
  expect(textAt(columns)).toBe(readFileSync(path, 'utf8'));
});

test.each([40, 55, 62, 76, 80, 100, 200])('no line but a path is wider than %i', (columns) => {
  const lines = textAt(columns)
    .split('\n')
    .filter((line) => !files.some((file) => line.includes(file)));
  expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(columns);
  expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
});

test('the verdict comes first, then whether to believe it', () => {
  const [, sentence, ...rest] = textAt(200, false, [goodResult]).split('\n');
  expect(sentence).toContain('One crash of payments touched 6 of 6 features');
  expect(rest.slice(0, 3).join('\n')).toContain('✓ valid: 10 blocks accepted, 1 discarded');
});

test('every verdict has a symbol and the word, so that no colour is needed', () => {
  const text = textAt(80, false, [goodResult]);
  for (const words of ['✓ held', '✗ refuted', '~ inconclusive', '· not applicable'])
    expect(text).toContain(words);
  expect(text).toMatch(/^✓ held +browse loses at most 1 % +≤ 1 % +0\.0 % \(0\.0–0\.4\)$/m);
});

test('colour changes nothing but the colour', () => {
  expect(textAt(80, true)).toContain(ESCAPE);
  expect(stripVTControlCharacters(textAt(80, true))).toBe(textAt(80));
});

test('an effect that is not claimed is counted and not told', () => {
  const text = textAt(80, false, [goodResult]);
  expect(text).toContain('CPU per request is higher: microservices ÷ monolith');
  expect(text).toContain('2.81× (2.60–3.04×)   A/A band 0.96–1.04×');
  expect(text).not.toContain('browsing lost');
  expect(text).toContain('No difference shown in 1 other comparison.');
});

test('a result that is not valid, partial or broken says so, and the exit code follows', () => {
  const text = textAt(80);
  for (const words of ['✗ NOT VALID', '~ PARTIAL', '✗ BROKEN', 'Exit code 1: an invariant broke'])
    expect(text).toContain(words);
  expect(textAt(80, false, [goodResult])).toContain('Exit code 0: ');
});

test('a matrix whose labels are too long for their column has them on lines of their own', () => {
  const lines = textAt(70, false, [goodResult]).split('\n');
  const at = lines.indexOf('monolith');
  expect(lines.slice(at, at + 5)).toEqual([
    'monolith',
    '  catalog  inventory  orders   payments  notifications  reports',
    'payments',
    '  ▒ 13 %   ▒ 13 %     ▒ 13 %   ▒ 13 %*   ▒ 13 %         ▒ 13 %',
    '    0.4 s    0.4 s      0.4 s    0.4 s     0.4 s          0.4 s',
  ]);
});

test('text from a result cannot repaint the terminal', () => {
  expect(textAt(80)).not.toContain(ESCAPE);
});
