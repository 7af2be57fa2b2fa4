// report/markdown-twin.test.ts: the twin says what the page says and links what it cannot draw.
import { expect, test } from 'vitest';
import { blastResult } from './fixtures/lab-blast.ts';
import { hopResult } from './fixtures/lab-hop.ts';
import { hostileOf } from './fixtures/lab-hostile.ts';
import { markdownOf } from './markdown-twin.ts';
import { pageOf } from './page/page.ts';
import { resultJson } from './stable-json.ts';

test('it is the same text after the results have been a file', () => {
  const stored = JSON.parse(resultJson([hopResult, blastResult])).results;
  expect(markdownOf(stored)).toBe(markdownOf([hopResult, blastResult]));
});

test('a chart that it cannot draw is linked, and the link finds it on the page', () => {
  const links = [...markdownOf([hopResult, blastResult]).matchAll(/report\.html#([\w-]+)/g)];
  const page = pageOf([hopResult, blastResult], []);
  expect(links.map(([, id]) => id)).toEqual(['x0-f0', 'x0-f1', 'x1-f1', 'x1-f2']);
  for (const [, id] of links) expect(page).toContain(`id="${id}"`);
});

test('a run that is not valid opens with an alert', () => {
  const evaluation = { ...hopResult.evaluation, valid: false, reasons: ['It was *late*.'] };
  const text = markdownOf([{ ...hopResult, evaluation }]);
  expect(text).toMatch(/^> \[!CAUTION\]\n> \*\*✗ This run is not valid/);
  expect(text).toContain('> - It was \\*late\\*.');
});

test('no string becomes markup, and no table loses or gains a cell', () => {
  const text = markdownOf([hostileOf(hopResult), hostileOf(blastResult)]);
  expect(text).not.toMatch(/^(?! {4}).*<(?:img|\/script)/m);
  const cells = (row: string) => row.replaceAll('\\|', '').split('|').length;
  for (const table of text.split('\n\n').filter((block) => block.startsWith('| '))) {
    expect(new Set(table.split('\n').map(cells)).size).toBe(1);
  }
});
