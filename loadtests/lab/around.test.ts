// lab/around.test.ts: rows around events, laid on top of each other; rows by hand.
// Run by `npm test`.
import { features } from '@lab/shared/contract/operation.ts';
import { expect, test } from 'vitest';
import type { Outcome } from '../load/outcome.ts';
import type { Row } from '../load/results.ts';
import { columnAround, rowsAround } from './around.ts';

const span = { fromMs: -200, toMs: 300, stepMs: 100 };

const row = (t: number, outcome: Outcome = 'ok', feature: Row['feature'] = 'orders'): Row => ({
  t,
  lag: 0,
  ms: 4,
  op: 'any',
  feature,
  outcome,
  status: 200,
});

test('zero is the event, and rows outside the span are left out', () => {
  const rows = [row(799), row(800), row(1000), row(1299.9), row(1300)];
  const around = rowsAround(rows, 1000, span).map(({ t }) => t);
  expect(around[0]).toBe(-200);
  expect(around[1]).toBe(0);
  expect(around[2]).toBeCloseTo(299.9);
  expect(around).toHaveLength(3);
});

test('every feature has every step, and the events of all blocks add up in it', () => {
  const one = { rows: rowsAround([row(1050), row(1150, 'hung')], 1000, span), inForceMs: 90 };
  const other = { rows: rowsAround([row(80, 'error')], 0, span), inForceMs: 120 };
  const { panels, bands } = columnAround('monolith', [one, other], span, 'in force');
  expect(Object.keys(panels)).toEqual(features);
  const steps = panels.orders ?? [];
  expect(steps.map(({ atMs }) => atMs)).toEqual([-200, -100, 0, 100, 200]);
  expect(steps[2]?.outcomes).toMatchObject({ ok: 1, error: 1, hung: 0 });
  expect(steps[3]?.outcomes).toMatchObject({ ok: 0, hung: 1 });
  expect(panels.reports?.every(({ outcomes }) => outcomes.ok === 0)).toBe(true);
  expect(bands).toEqual([{ fromMs: 0, toMs: 120, label: 'in force' }]);
});

test('a step without a good answer has no latency: its line has a gap', () => {
  const event = { rows: rowsAround([row(10), row(110, 'hung')], 0, span), inForceMs: 50 };
  const steps = columnAround('monolith', [event], span, 'in force').panels.orders ?? [];
  expect(steps[2]?.latencyMsP50).toBeGreaterThan(0);
  expect(steps[3]?.latencyMsP50).toBeNull();
});

test('the band ends with the drawing, and without an event there is none', () => {
  const long = { rows: [], inForceMs: 5000 };
  expect(columnAround('a', [long], span, 'in force').bands[0]?.toMs).toBe(300);
  expect(columnAround('a', [], span, 'in force').bands).toEqual([]);
});
