// bench/options.test.ts: a flag is understood, or refused in a sentence that names it.
import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';

test('without flags every part runs but the last, which takes a browser and time', () => {
  expect(parseOptions([])).toEqual({
    only: ['a', 'b', 'c', 'd', 'e', 'f'],
    blocks: 5,
    seconds: 3,
    pastOrders: 100_000,
    minutes: 10,
    json: false,
    help: false,
  });
});

test('parts run in their own order, however they are asked for', () => {
  expect(parseOptions(['--only', 'g,d, a']).only).toEqual(['a', 'd', 'g']);
});

test.each([
  [['--only', 'h'], /--only is "h"/],
  [['--minutes', '121'], /--minutes is "121"/],
  [['--only', ''], /--only is ""/],
  [['--blocks', '0'], /--blocks is "0"/],
  [['--blocks', '2.5'], /--blocks is "2.5"/],
  [['--seconds', 'x'], /--seconds is "x"/],
  [['--past-orders', '10000001'], /--past-orders is "10000001"/],
  [['--second', '3'], /--second/],
  [['--past-orders', '-1'], /'--past-orders' takes no value that begins with -/],
  [['now'], /now/],
])('%j is refused by name', (argv, sentence) => {
  expect(() => parseOptions(argv)).toThrow(sentence);
});
