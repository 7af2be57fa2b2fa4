// report/page/page.test.ts: the page is a function of result.json, trusts no string, and hides nothing.
import { expect, test } from 'vitest';
import type { LabResult } from '../../lab/result.ts';
import { blastResult } from '../fixtures/lab-blast.ts';
import { hopResult } from '../fixtures/lab-hop.ts';
import { hostileOf } from '../fixtures/lab-hostile.ts';
import { resultJson } from '../stable-json.ts';
import { pageOf } from './page.ts';

const both = [hopResult, blastResult];
const files = ['result.json', 'rows-1.jsonl'];
const page = pageOf(both, files);
const [shown = '', data = ''] = page.split('<script type="application/json" id="result">');

function shownOf(result: LabResult): string {
  return pageOf([result], []).split('<script')[0] ?? '';
}

test('the same results are the same bytes, also after they have been a file', () => {
  expect(pageOf(both, files)).toBe(page);
  expect(pageOf(JSON.parse(resultJson(both)).results, files)).toBe(page);
});

test('the order in which a result was put together leaves no trace', () => {
  const reversed = Object.fromEntries(Object.entries(blastResult).reverse());
  expect(pageOf([hopResult, reversed as unknown as LabResult], files)).toBe(page);
});

test('another value is another page', () => {
  const { evaluation } = blastResult;
  const other = { ...blastResult, evaluation: { ...evaluation, accepted: 5 } };
  expect(pageOf([hopResult, other], files)).not.toBe(page);
});

test('the page carries result.json whole, and nowhere what samples found beside metrics', () => {
  const inside = JSON.parse(data.slice(0, data.indexOf('</script>')));
  expect(inside).toEqual(JSON.parse(resultJson(both)));
  expect(page).not.toContain('never');
});

test('the page asks for nothing from outside and runs no script', () => {
  expect(shown).not.toMatch(/:\/\/|url\(|@import|<script|<link|<iframe|\son\w+=/i);
  expect(shown).not.toMatch(/\b(?:src|srcset|action|poster|xlink:href)=/);
  const links = [...shown.matchAll(/href="([^"]*)"/g)].map(([, link]) => link ?? '');
  expect(links.filter((link) => !link.startsWith('#') && !link.startsWith('./'))).toEqual([]);
  expect(links).toContain('./rows-1.jsonl');
  const ids = new Set([...shown.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => `#${id}`));
  expect(links.filter((link) => link.startsWith('#') && !ids.has(link))).toEqual([]);
});

test('no string from a result becomes markup, wherever it stands', () => {
  const html = pageOf([hostileOf(hopResult), hostileOf(blastResult)], ['"><u>.jsonl']);
  expect(html).not.toMatch(/<img|"><u>|<u>/);
  expect(html.match(/<\/script>/g)).toHaveLength(1);
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
});

test('ids are unique', () => {
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every table heading says what it heads', () => {
  expect(shown.match(/<th(?! scope="(?:row|col)")[ >]/g)).toBeNull();
});

test('the verdict comes first, then whether to trust it, the prediction, the numbers', () => {
  const html = shownOf(blastResult);
  const { evaluation, definition } = blastResult;
  const places = [
    '<h1>A crash takes all six',
    '</i> valid</span>',
    evaluation.reasons[0] ?? '',
    definition.question,
    definition.prediction,
    definition.formula ?? '',
    'Did it hold?',
    'How large is the difference?',
    'What one crash takes with it',
    'Who is hit',
    'What this does not show',
    'Fairness audit',
    'Block by block',
    definition.doesNotShow[0] === undefined ? '' : blastResult.command,
  ].map((words) => html.indexOf(words));
  expect(places).not.toContain(-1);
  expect([...places].sort((one, other) => one - other)).toEqual(places);
});

test('a sign and a word stand beside the colour of every verdict', () => {
  for (const [symbol, word] of [
    ['✓', 'held'],
    ['✗', 'refuted'],
    ['?', 'inconclusive'],
    ['–', 'not applicable'],
  ]) {
    expect(shown).toContain(`<i aria-hidden="true">${symbol}</i> ${word}</span>`);
  }
});

test('a run that is not valid says so before its sentence, with every reason once', () => {
  const reasons = ['The generator was late.', 'The machine was busy.'];
  const evaluation = { ...blastResult.evaluation, valid: false, reasons };
  const html = shownOf({ ...blastResult, evaluation, partial: true });
  expect(html.indexOf('This run is not valid')).toBeLessThan(html.indexOf('<h1>'));
  for (const reason of [...reasons, 'It was stopped half way.']) {
    expect(html.split(reason)).toHaveLength(2);
  }
});

test('a run that was stopped is partial, even if what there is can be trusted', () => {
  expect(shownOf({ ...blastResult, partial: true })).toContain('◐</i> partial');
});

test('a broken invariant is called a fault of the shop', () => {
  const [first] = blastResult.evaluation.verdicts;
  if (first === undefined) throw new Error('The fixture has no verdict.');
  const verdicts = [{ ...first, invariant: true, status: 'refuted' as const }];
  const evaluation = { ...blastResult.evaluation, verdicts };
  expect(shownOf({ ...blastResult, evaluation })).toContain('broken: a fault of the shop');
});

test('a discarded block is counted and says why', () => {
  expect(shown).toContain('10 counted, 1 discarded');
  expect(shown).toContain('Other programs used 8.3 % of the CPU.');
});

test('roles that are the same thing in a shape share a box', () => {
  const boxes = shownOf(blastResult).split('<div class="shape">').slice(1);
  expect(boxes.map((shape) => shape.split('<div class="box">').length - 1)).toEqual([1, 6]);
});

test('a comparison opens with a line for each experiment, a single run with its sentence', () => {
  expect(shown).toContain('<h1>2 experiments: of 7 predictions 4');
  expect(shown.match(/<li><a href="#x\d"/g)).toHaveLength(2);
  expect(shownOf(hopResult)).not.toContain('<ol class="verdict-lines">');
});

test('nothing measured still makes a page', () => {
  const evaluation = { ...hopResult.evaluation, summaries: [], effects: [], verdicts: [] };
  const empty = { ...hopResult, evaluation, blocks: [], figures: [], fairness: [] };
  for (const html of [pageOf([empty], []), pageOf([empty, empty], []), pageOf([], [])]) {
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
  }
});

test('a division by zero is a dash, before and after it was a file', () => {
  const [effect] = hopResult.evaluation.effects;
  if (effect === undefined) throw new Error('The fixture has no effect.');
  const ratio = { value: Number.POSITIVE_INFINITY, low: null, high: null };
  const evaluation = { ...hopResult.evaluation, effects: [{ ...effect, ratio }] };
  const html = pageOf([{ ...hopResult, evaluation }], []);
  expect(html).toContain('× – (no interval)');
  expect(html).not.toMatch(/NaN|Infinity/);
});
