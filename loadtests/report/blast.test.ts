// report/blast.test.ts: the matrix and the totals held against numbers worked out by hand.
// The counts behind them stand in fixtures/small-result.ts.
import { expect, test } from 'vitest';
import type { CrashResult, TargetResult } from '../experiments/result.ts';
import { doubts, fates, ordersHold, reachOf, touchOf } from './blast.ts';
import { NBSP } from './figures.ts';
import { invalidResult, smallResult } from './fixtures/small-result.ts';
import { cell } from './fixtures/tallies.ts';
import { goodputRps, scoreboard } from './scoreboard.ts';

const [oneProcess, manyProcesses] = smallResult.targets as [TargetResult, TargetResult];

function crashOf(target: TargetResult, component: string): CrashResult {
  const crash = target.crashes.find((one) => one.component === component);
  if (crash === undefined) throw new Error(`${component} was never crashed`);
  return crash;
}

function words({ share, duration }: { share: string; duration: string }): string {
  return `${share} ${duration}`.replaceAll(NBSP, ' ').trim();
}

test('a cell is the share of requests lost and for how long', () => {
  // 6 of 16 is 37.5 %; 4 of 16 is 25 %; a slow answer is not a lost one; 7 of 16 is 43.75 %.
  expect(words(touchOf(crashOf(oneProcess, 'catalog'), 'catalog'))).toBe('38 % 1.4 s');
  expect(words(touchOf(crashOf(oneProcess, 'payments'), 'catalog'))).toBe('25 % 0.9 s');
  expect(words(touchOf(crashOf(oneProcess, 'payments'), 'payments'))).toBe('100 % 3.0 s');
  expect(words(touchOf(crashOf(manyProcesses, 'catalog'), 'catalog'))).toBe('44 % 1.5 s');
});

test('one lost request lasts less than a tenth of a second, not no time', () => {
  expect(words(touchOf(crashOf(manyProcesses, 'payments'), 'payments'))).toBe('25 % <0.1 s');
});

test('untouched and never asked are two different things', () => {
  const crash = crashOf(manyProcesses, 'payments');
  expect(touchOf(crash, 'catalog').level).toBe(0);
  expect(touchOf(crash, 'reports').level).toBeNull();
  expect(touchOf(crash, 'reports').sentence).toBe(
    'payments crashed: nothing was asked of reports.',
  );
});

test('a single loss in many is told but does not count as touched', () => {
  const crash = crashOf(manyProcesses, 'payments');
  const cells = { ...crash.cells, catalog: cell({ ok: 299, error: 1 }) };
  const touch = touchOf({ ...crash, cells }, 'catalog');
  expect([touch.level, words(touch)]).toEqual([0, '<1 % <0.1 s']);
});

test('the reach of a shape leaves its front door out', () => {
  // Lost in the monolith: 14 + 13 + 40; in the crashed features themselves: 6 + 4 + 0.
  expect(reachOf(oneProcess)).toEqual({ touched: 15, cells: 15, notOk: 67, collateral: 57 });
  expect(reachOf(manyProcesses)).toEqual({ touched: 3, cells: 10, notOk: 9, collateral: 1 });
});

test('every component has a row, and each shape says which process died', () => {
  const rows = fates(smallResult);
  expect(rows.map(({ component }) => component)).toEqual([
    'catalog',
    'payments',
    'reports',
    'gateway',
  ]);
  const [, payments, reports, gateway] = rows;
  expect(payments?.byTarget.map(({ list }) => list[0]?.process)).toEqual(['monolith', 'payments']);
  expect(reports?.byTarget[0]?.list[0]?.words).toBe('died, never came back');
  expect(gateway?.byTarget.map(({ list }) => list.length)).toEqual([0, 1]);
  expect(gateway?.byTarget[0]?.absence).toBe('has no such component');
  expect(reports?.byTarget[1]?.absence).toBe('was not crashed');
  expect(fates(invalidResult)[3]?.byTarget[1]?.list[0]?.words).toBe('did not die');
});

test('doubts name the shape and come once', () => {
  expect(doubts(smallResult)).toEqual([]);
  expect(doubts(invalidResult)).toEqual([
    'microservices: gateway did not die.',
    'The machine was busy.',
  ]);
  expect(doubts({ ...smallResult, valid: { ok: false, reasons: [] } })).toEqual([
    'The run gives no reason.',
  ]);
});

test('a half-done order breaks the promise although none is lost', () => {
  expect(smallResult.targets.map(({ orders }) => ordersHold(orders))).toEqual([true, false]);
});

test('totals are sums over processes, and ratios are against the first shape', () => {
  const rows = scoreboard(smallResult).flatMap((table) => table.rows);
  const valuesOf = (label: string) =>
    rows.find((row) => row.label === label)?.values.map((value) => value.replaceAll(NBSP, ' '));
  // 7 × 62 MB idle against 90 MB; 68 ok of 140; 72 hung nowhere but once.
  expect(valuesOf('RAM idle')).toEqual(['90 MB', '434 MB']);
  expect(rows.find((row) => row.label === 'RAM idle')?.ratios).toEqual([null, `×${NBSP}4.8`]);
  expect(valuesOf('ok')).toEqual(['68 (48.6 %)', '120 (85.7 %)']);
  expect(valuesOf('hung')).toEqual(['1 (0.7 %)', '0']);
  expect(valuesOf('wrong')).toBeUndefined();
});

test('goodput counts from the end of the warm-up to the end of the last crash', () => {
  // 68 ok answers between 2 s and 16 s.
  expect(goodputRps(oneProcess)).toBeCloseTo(68 / 14, 10);
});
