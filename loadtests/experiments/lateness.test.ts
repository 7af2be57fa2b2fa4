// experiments/lateness.test.ts: what is sent late is doubted.
import { expect, test } from 'vitest';
import { lateness } from './lateness.ts';

test('one request later than 50 ms is a doubt that says how late, none is none', () => {
  expect(lateness([0, 12, 49.9], 'an order')).toEqual([]);
  expect(lateness([0, 50.1, 3], 'an order')).toEqual(['an order was sent 50 ms late']);
  expect(lateness([], 'an order')).toEqual([]);
});
