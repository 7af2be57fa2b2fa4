// report/html.test.ts: the page needs nothing but itself, trusts no string, and draws to one scale.
import { features } from '@lab/shared/contract/operation.ts';
import { expect, test } from 'vitest';
import type { ComparisonResult, TargetResult } from '../experiments/result.ts';
import { axesOf, latencyChart, latencyY, outcomeChart } from './charts.ts';
import { hostileResult, smallResult } from './fixtures/small-result.ts';
import { tally } from './fixtures/tallies.ts';
import { htmlReport } from './html.ts';
import { markdownReport } from './markdown.ts';

const page = htmlReport(smallResult, ['result.json']);
const [shown = '', data = ''] = page.split('<script type="application/json" id="result">');
const [oneProcess] = smallResult.targets as [TargetResult];

test('the page asks for nothing from outside and runs no script', () => {
  expect(shown).not.toMatch(/:\/\/|url\(|@import|<script|<link|<iframe|\son\w+=/i);
  expect(shown).not.toMatch(/\b(?:src|srcset|action|poster)=/);
  const links = [...shown.matchAll(/href="([^"]*)"/g)].map(([, link]) => link);
  expect(links).toEqual(['./result.json']);
});

test('the page carries the whole result', () => {
  expect(JSON.parse(data.slice(0, data.indexOf('</script>')))).toEqual(smallResult);
});

test('no string from a result becomes markup', () => {
  const hostile = htmlReport(hostileResult, ['"><u>.jsonl']);
  expect(hostile).not.toMatch(/<img|"><u>/);
  expect(hostile.match(/<\/script>/g)).toHaveLength(1);
  expect(hostile).toContain('&lt;img src=x onerror=alert(1)&gt;|&lt;/script&gt;');
  expect(markdownReport(hostileResult)).not.toMatch(/^(?! {4}).*<img/m);
});

test('a table row of hostile names still has as many cells as its header', () => {
  const rows = markdownReport(hostileResult)
    .split('\n')
    .filter((line) => line.startsWith('| '));
  const cells = rows.map((row) => row.replaceAll('\\|', '').split('|').length - 2);
  expect(new Set(cells)).toEqual(new Set([3, features.length + 1]));
});

test('every drawing has a title, a description and the same scale', () => {
  const drawings = [...shown.matchAll(/<svg viewBox="([^"]+)" preserveAspectRatio="none"/g)];
  expect(drawings).toHaveLength(2 * 2 * features.length);
  expect(new Set(drawings.map(([, box]) => box))).toEqual(new Set(['0 0 160 100']));
  expect(shown.match(/<title id=/g)).toHaveLength(drawings.length);
  expect(shown.match(/<desc id=/g)).toHaveLength(drawings.length);
});

test('ids are unique, also in a page of hostile names', () => {
  for (const html of [page, htmlReport(hostileResult, [])]) {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

test('half of a second lost is half of the height, in every shape', () => {
  const seconds = [{ second: 0, features: { catalog: tally({ ok: 3, error: 3 }, 2) } }];
  const rare = [{ second: 0, features: { catalog: tally({ ok: 1, error: 1 }, 2) } }];
  for (const target of [oneProcess, { ...oneProcess, seconds: rare }]) {
    const result = { ...smallResult, targets: [{ ...target, seconds }] };
    const { html } = outcomeChart({ ...target, seconds }, 'catalog', axesOf(result));
    expect(html).toContain('<path class="o-error" d="M0,0h9v50h-9z"/>');
    expect(html).toContain('<path class="o-ok" d="M0,50h9v50h-9z"/>');
  }
});

test('a latency line has a gap where nothing succeeded', () => {
  const { html } = latencyChart(oneProcess, 'catalog', axesOf(smallResult));
  const median = /class="p50" d="([^"]+)"/.exec(html)?.[1] ?? '';
  // Seconds 0–3, 5–7 and 9–11 have samples; 4, 8 and everything from 12 on has none.
  expect(
    median
      .split('M')
      .slice(1)
      .map((run) => run.split(',')[0]),
  ).toEqual(['0', '50', '90']);
});

test('each decade of latency takes the same height', () => {
  const axes = { lengthSeconds: 10, fromDecade: 0, toDecade: 4 };
  expect([1, 10, 100, 1000, 10_000].map((ms) => latencyY(ms, axes))).toEqual([100, 75, 50, 25, 0]);
});

test('a run without one good answer still makes a page', () => {
  const seconds = [{ second: 0, features: { catalog: tally({ refused: 4 }, 0) } }];
  const targets = [{ ...oneProcess, seconds, crashes: [], processes: [] }];
  const empty: ComparisonResult = { ...smallResult, targets };
  expect(htmlReport(empty, [])).not.toMatch(/NaN|Infinity|undefined/);
  expect(htmlReport({ ...smallResult, targets: [] }, [])).not.toMatch(/NaN|Infinity|undefined/);
});

test('a third shape is a third column, without a word of code', () => {
  const third = { ...oneProcess, name: 'functions' };
  const html = htmlReport({ ...smallResult, targets: [...smallResult.targets, third] }, []);
  expect(html).toContain('--shapes:3');
  expect(html).toContain('<caption><strong>functions</strong>');
});

test('every table heading says what it heads', () => {
  expect(shown.match(/<th(?! scope="(?:row|col)")[ >]/g)).toBeNull();
});
