// report/figures.test.ts: figures are rounded for people, and never round a fault away.
import { expect, test } from 'vitest';
import { bytes, count, decimal, milliseconds, NBSP, percent, seconds, times } from './figures.ts';

const plainly = (text: string | null) => text?.replaceAll(NBSP, ' ');

test('almost nothing is not nothing, and almost all is not all', () => {
  expect([0, 0.001, 0.375, 0.996, 1].map((ratio) => plainly(percent(ratio)))).toEqual([
    '0 %',
    '<1 %',
    '38 %',
    '>99 %',
    '100 %',
  ]);
  expect(plainly(percent(0.99999, 1))).toBe('>99.9 %');
  expect(plainly(percent(0.0001, 1))).toBe('<0.1 %');
});

test('a stretch of time keeps a decimal as long as one matters', () => {
  expect([0, 20, 1449, 99_960].map((ms) => plainly(seconds(ms)))).toEqual([
    '0.0 s',
    '<0.1 s',
    '1.4 s',
    '100 s',
  ]);
});

test('latencies have three significant digits and one unit', () => {
  expect([0.5, 9.994, 9.996, 99.96, 12_345].map((ms) => plainly(milliseconds(ms)))).toEqual([
    '0.50 ms',
    '9.99 ms',
    '10.0 ms',
    '100 ms',
    '12,345 ms',
  ]);
});

test('sizes are decimal, counts have commas', () => {
  expect([999, 1500, 999_600, 434_000_000, 16.8e9].map((size) => plainly(bytes(size)))).toEqual([
    '999 B',
    '2 kB',
    '1 MB',
    '434 MB',
    '16.8 GB',
  ]);
  expect([count(1234567), decimal(36), decimal(91.06)]).toEqual(['1,234,567', '36', '91.1']);
});

test('a ratio against nothing is left out', () => {
  expect([times(0, 5), times(5, 0), plainly(times(90, 434)), plainly(times(2, 40))]).toEqual([
    null,
    null,
    '× 4.8',
    '× 20',
  ]);
});
