// scenarios/stratified.test.ts: exact shares in every cycle, spread evenly within it.
import { expect, test } from 'vitest';
import { stratified } from './stratified.ts';

test('each cycle has exactly the weights, in a fixed and even order', () => {
  const next = stratified([
    ['a', 4],
    ['b', 2],
    ['c', 1],
  ]);
  const cycle = 'abacaba';
  expect(Array.from({ length: 14 }, next).join('')).toBe(cycle + cycle);
});

test('no stretch is far from its share', () => {
  const next = stratified([
    ['rare', 8],
    ['common', 92],
  ]);
  const drawn = Array.from({ length: 1000 }, next);
  for (let from = 0; from < 975; from += 1) {
    const rare = drawn.slice(from, from + 25).filter((value) => value === 'rare').length;
    expect(rare).toBeGreaterThanOrEqual(1);
    expect(rare).toBeLessThanOrEqual(3);
  }
});
