// cells.test.ts: rows worked by hand, and the cells they make.
import { features } from '@lab/shared/contract/operation.ts';
import { expect, test } from 'vitest';
import type { Row } from '../load/results.ts';
import { cellsOf, tallies, within } from './cells.ts';

const row = (t: number, over: Partial<Row> = {}): Row => ({
  t,
  lag: 0,
  ms: 2,
  op: 'getProduct',
  feature: 'catalog',
  outcome: 'ok',
  status: 200,
  ...over,
});

test('a request belongs to the window in which its fate was known', () => {
  const rows = [row(97), row(98), row(197), row(198)]; // each takes 2 ms
  expect(within(rows, { fromMs: 100, toMs: 200 }).map(({ t }) => t)).toEqual([98, 197]);
});

test('a cell counts what was lost and how long the loss lasted', () => {
  const rows = [
    row(0),
    row(100, { outcome: 'refused', status: 0 }),
    row(250, { outcome: 'hung', status: 0 }),
    row(400, { outcome: 'error', status: 503 }),
    row(500),
  ];
  const { catalog } = cellsOf(rows);
  expect(catalog).toMatchObject({ sent: 5, notOk: 3, badMs: 300 });
  expect(catalog.outcomes).toMatchObject({ ok: 2, refused: 1, hung: 1, error: 1 });
});

test('slow and degraded answers are no loss, a wrong one is', () => {
  const rows = [
    row(0, { outcome: 'slow' }),
    row(1, { outcome: 'degraded' }),
    row(2, { outcome: 'wrong' }),
  ];
  expect(cellsOf(rows).catalog).toMatchObject({ sent: 3, notOk: 1, badMs: 0 });
});

test('every feature has a cell, also one that nobody asked', () => {
  const cells = cellsOf([row(0)]);
  expect(Object.keys(cells)).toEqual([...features]);
  expect(cells.reports).toMatchObject({ sent: 0, notOk: 0, badMs: 0 });
});

test('tallies add up over the features', () => {
  const { total, byFeature } = tallies([row(0), row(1, { feature: 'orders', outcome: 'error' })]);
  expect(total.sent).toBe(2);
  expect(byFeature.catalog?.outcomes.ok).toBe(1);
  expect(byFeature.orders?.outcomes.error).toBe(1);
});
