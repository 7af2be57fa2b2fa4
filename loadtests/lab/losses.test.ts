// lab/losses.test.ts: what counts as touched, what a cell says, how surprises are counted; rows by hand.
// Run by `npm test`.
import { features } from '@lab/shared/contract/operation.ts';
import { expect, test } from 'vitest';
import type { Outcome } from '../load/outcome.ts';
import type { Row } from '../load/results.ts';
import { levelLook } from '../report/palette.ts';
import { isTouched, lossCell, lossesOf, outageOf, pooledCount, surprisesOf } from './losses.ts';

const row = (t: number, feature: Row['feature'], outcome: Outcome = 'ok'): Row => ({
  t,
  lag: 0,
  ms: 3,
  op: 'any',
  feature,
  outcome,
  status: 200,
});

const counted = (lost: number, sent: number) => ({ sent, lost, outcomes: { error: lost } });

test('every feature has its counts, asked or not, and slow or degraded answers are not lost', () => {
  const rows = [row(1, 'catalog'), row(2, 'catalog', 'hung'), row(3, 'orders', 'degraded')];
  const losses = lossesOf([...rows, row(4, 'orders', 'slow')]);
  expect(Object.keys(losses)).toEqual(features);
  expect(losses.catalog).toEqual({ sent: 2, lost: 1, outcomes: { ok: 1, hung: 1 } });
  expect(losses.orders).toEqual({ sent: 2, lost: 0, outcomes: { degraded: 1, slow: 1 } });
  expect(losses.reports).toEqual({ sent: 0, lost: 0, outcomes: {} });
});

test.each([
  [0, 13, false],
  [1, 13, false],
  [2, 13, true],
  [2, 200, false],
  [3, 200, true],
])('%i lost of %i is touched: %s', (lost, sent, touched) => {
  expect(isTouched(counted(lost, sent))).toBe(touched);
});

test('an outage lasts from the first to the last lost request', () => {
  const rows = [row(5, 'catalog'), row(10, 'catalog', 'hung'), row(40, 'orders', 'error')];
  expect(outageOf([...rows, row(90, 'orders')])).toBe(30);
  expect(outageOf(rows.slice(0, 2))).toBe(0);
  expect(outageOf(rows.slice(0, 1))).toBeUndefined();
});

test('surprises count features either way, and nothing that came as predicted', () => {
  const lost = (feature: Row['feature']) => [row(1, feature, 'error'), row(2, feature, 'error')];
  const losses = lossesOf([...lost('payments'), ...lost('reports'), row(3, 'orders', 'error')]);
  expect(surprisesOf(losses, ['payments', 'reports'])).toEqual({
    touchedUnpredicted: 0,
    sparedPredicted: 0,
  });
  expect(surprisesOf(losses, ['payments', 'orders', 'catalog'])).toEqual({
    touchedUnpredicted: 1,
    sparedPredicted: 2,
  });
});

test.each([
  [1, 13, 0],
  [10, 100, 1],
  [33, 100, 2],
  [67, 100, 3],
  [68, 100, 4],
  [100, 100, 4],
])('%i of %i lost is level %i, and the cell keeps the counts', (lost, sent, level) => {
  const cell = lossCell(counted(lost, sent), true);
  expect(cell).toMatchObject({ level, own: true, counted: `${lost} of ${sent} lost` });
});

test('the words of the legend fit the share beside them', () => {
  const wordOf = (lost: number) => levelLook(lossCell(counted(lost, 100), false).level).word;
  expect([10, 33, 67, 68].map(wordOf)).toEqual(['up to 10 %', 'up to 33 %', 'up to 67 %', 'more']);
});

test('a feature that nobody asked for is not called untouched', () => {
  const cell = lossCell(counted(0, 0), false);
  expect(cell).toMatchObject({ text: '–', level: null });
  expect(levelLook(cell.level).word).toBe('no requests');
});

test('the most frequent bad outcome stands in the cell, whatever there was of the good', () => {
  const cell = lossCell({ sent: 90, lost: 30, outcomes: { ok: 60, error: 10, hung: 20 } }, false);
  expect(cell).toMatchObject({ text: expect.stringMatching(/^33.3\s%$/), note: 'hung', level: 3 });
});

test('blocks are pooled by adding counts, not by averaging shares', () => {
  const pooled = pooledCount([counted(1, 2), { sent: 98, lost: 1, outcomes: { ok: 97, hung: 1 } }]);
  expect(pooled).toEqual({ sent: 100, lost: 2, outcomes: { error: 1, ok: 97, hung: 1 } });
});
