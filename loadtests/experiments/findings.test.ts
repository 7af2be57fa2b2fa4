// findings.test.ts: each prediction holds for a run that fits it and fails for one that does not.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { expect, test } from 'vitest';
import { blastRadius, findingsOf, isTouched } from './findings.ts';
import type { Cell, CrashResult, ProcessResult, TargetResult } from './result.ts';

const none = { ok: 0, slow: 0, degraded: 0, wrong: 0, error: 0, refused: 0, hung: 0, dropped: 0 };
const cell = (sent: number, notOk: number): Cell => ({
  sent,
  notOk,
  badMs: notOk,
  away: { sent: 25, notOk },
  outcomes: none,
});

/** A crash of one second within a window of four: a feature that is down loses a quarter. */
function crash(component: string, hit: readonly Feature[]): CrashResult {
  const cells = features.map((name) => [name, cell(100, hit.includes(name) ? 25 : 0)]);
  return {
    component,
    process: component,
    orderedAtMs: 0,
    diedAtMs: 100,
    readyAtMs: 1100,
    windowStartMs: 0,
    windowEndMs: 4000,
    cells: Object.fromEntries(cells),
  };
}

function target(name: string, processes: number, crashes: CrashResult[]): TargetResult {
  const orders = { acknowledged: 10, lost: 0, halfDone: 0, problems: [] };
  const list = Array.from({ length: processes }, () => ({}) as ProcessResult);
  return { name, processes: list, crashes, orders } as unknown as TargetResult;
}

const everything = features.map((name) => crash(name, features));
const asPredicted = [
  crash('catalog', ['catalog', 'orders']),
  crash('inventory', ['inventory', 'orders']),
  crash('orders', ['orders']),
  crash('payments', ['payments', 'orders']),
  crash('notifications', ['notifications']),
  crash('reports', ['reports']),
];
const heldOf = (one: TargetResult) => findingsOf([one]).map(({ held }) => held);

test('one lost request in a hundred is no touch, two are', () => {
  const one = {
    ...crash('catalog', []),
    cells: { ...crash('catalog', []).cells, reports: cell(100, 1) },
  };
  expect(isTouched(one, 'reports')).toBe(false);
  const two = { ...one, cells: { ...one.cells, reports: cell(100, 2) } };
  expect(isTouched(two, 'reports')).toBe(true);
});

test('the blast radius is the share of cells touched: 36 of 36, 9 of 36', () => {
  expect(blastRadius(target('one', 1, everything))).toBe(1);
  expect(blastRadius(target('many', 7, asPredicted))).toBeCloseTo(9 / 36);
});

test('one process: all six down holds, and fails when one feature went on', () => {
  expect(heldOf(target('one', 1, everything))).toEqual([true, true]);
  const spared = [...everything.slice(1), crash('catalog', ['catalog'])];
  expect(heldOf(target('one', 1, spared))[0]).toBe(false);
});

test('many processes: browsing unharmed holds, and fails when payments takes the catalog', () => {
  const door = crash('gateway', features);
  expect(heldOf(target('many', 8, [...asPredicted, door]))).toEqual([true, true, true, true]);
  const spread = asPredicted.map((one) =>
    one.component === 'payments' ? crash('payments', ['payments', 'orders', 'catalog']) : one,
  );
  expect(heldOf(target('many', 8, [...spread, door])).slice(0, 2)).toEqual([false, false]);
});

test('a gateway whose crash spares a feature is no single point of failure', () => {
  const door = crash('gateway', features.slice(1));
  expect(heldOf(target('many', 8, [...asPredicted, door]))[2]).toBe(false);
});

test('a lost order is never overlooked', () => {
  const bad = target('many', 8, asPredicted);
  const lost = { ...bad, orders: { ...bad.orders, lost: 1 } };
  expect(heldOf(lost).at(-1)).toBe(false);
});
