// lab/words.test.ts: a number reads the same everywhere.
import { expect, test } from 'vitest';
import { amount, byChance, range, within } from './words.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test.each([
  [1234.5, 'µs', '1,235 µs'],
  [12.34, 'ms', '12.3 ms'],
  [1.234, 'ms', '1.23 ms'],
  [0.0456, '%', '4.6 %'],
  [0.00012, '%', '<0.1 %'],
  [2, '×', '2×'],
  [-0.5, '', '−0.500'],
  [0, '', '0'],
  [1_234_567, 'bytes', '1.2 MB'],
  [Number.POSITIVE_INFINITY, 'ms', '∞'],
])('%d with the unit "%s" reads %s', (value, unit, text) => {
  expect(plain(amount(value, unit))).toBe(text);
});

test('a range names its unit once', () => {
  expect(plain(range(0.01, 0.02, '%'))).toBe('1–2 %');
});

test('how many claims chance alone would make is told where effects were judged', () => {
  const judged = Array.from({ length: 30 }, () => ({ claim: 'higher' as const }));
  const said = byChance([...judged, { claim: 'not judged' }]);
  expect(said).toMatch(/^30 comparisons, .* 1\.5 would be claimed by chance/);
  expect(byChance([{ claim: 'not judged' }])).toBe('');
});

test('bounds read as a person would say them', () => {
  expect(plain(within({ atLeast: 20 }, '×'))).toBe('≥ 20×');
  expect(within({ atMost: 0 }, '')).toBe('none');
  expect(within({ atLeast: 6, atMost: 6 }, '')).toBe('exactly 6');
  expect(within({ atLeast: 0.9, atMost: 1.1 }, '×')).toBe('0.9–1.1×');
});
