// report/quantity.test.ts: values read as a person would write them, and no rounding hides a fault.
import { expect, test } from 'vitest';
import { bounds, quantity, range, unbroken, withInterval } from './quantity.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('a value has three digits and its unit', () => {
  const values = [0.26178, 12.34, 274.4, 123_456.7, 0, -3.5].map((value) => quantity(value, 'ms'));
  expect(values.map(plain)).toEqual([
    '0.262 ms',
    '12.3 ms',
    '274 ms',
    '123,457 ms',
    '0 ms',
    '−3.50 ms',
  ]);
  expect([quantity(6, ''), plain(quantity(8.25e6, 'bytes')), quantity(null, 'ms')]).toEqual([
    '6',
    '8.3 MB',
    '–',
  ]);
});

test('a share is never rounded to all or to nothing', () => {
  expect([0.9997, 0.0002, 1, 0.41].map((value) => plain(quantity(value, '%')))).toEqual([
    '>99.9 %',
    '<0.1 %',
    '100 %',
    '41 %',
  ]);
});

test('an interval has as many decimals as its value; too few blocks for one is said', () => {
  expect(plain(withInterval({ value: 12.5, low: 12.1, high: 13 }, 'ms'))).toBe(
    '12.5 ms (12.1–13.0)',
  );
  expect(plain(withInterval({ value: 36, low: 36, high: 36 }, ''))).toBe('36 (36)');
  expect(plain(withInterval({ value: 4.6, low: null, high: null }, ''))).toBe('4.60 (no interval)');
});

test('a range has its unit once, and no dash beside a minus', () => {
  expect(plain(range(0.98, 1.03, ''))).toBe('0.98–1.03');
  expect(plain(range(-2, 3, 'ms'))).toBe('−2 to 3 ms');
});

test('bounds say which side is open, and one number where both are the same', () => {
  const all = [
    bounds(0.2, 0.3, 'ms'),
    bounds(20, null, ''),
    bounds(null, 0.01, '%'),
    bounds(null, null, ''),
    bounds(240, 240, 'ms'),
  ];
  expect(all.map(plain)).toEqual(['0.2–0.3 ms', '≥ 20', '≤ 1 %', '', '240 ms']);
});

test('a number keeps its unit at the end of a line, and words are left alone', () => {
  expect(unbroken('8 % in 3 s of 36 services, 2 bytes')).toBe(
    '8\u00a0% in 3\u00a0s of 36 services, 2 bytes',
  );
});
