// report/lab-golden.test.ts: the page and its twin for two made-up experiments, byte for byte as stored.
// UPDATE_GOLDEN=1 stores them anew; look at the difference before you commit it.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { blastResult } from './fixtures/lab-blast.ts';
import { hopResult } from './fixtures/lab-hop.ts';
import { markdownOf } from './markdown-twin.ts';
import { pageOf } from './page/page.ts';

const results = [hopResult, blastResult];

test.each([
  ['lab-report.html', () => pageOf(results, ['result.json', 'report.md', 'rows.jsonl'])],
  ['lab-report.md', () => markdownOf(results)],
])('%s is the stored one, byte for byte', (name, made) => {
  const path = fileURLToPath(new URL(`fixtures/${name}.golden`, import.meta.url));
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, made());
  expect(made() === readFileSync(path, 'utf8'), `${name} has changed; UPDATE_GOLDEN=1`).toBe(true);
});
