// runtime/rate-limit.test.ts: who may pass, and how long the others wait, on a clock of our own.
import { expect, test } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

function limitOn(mostPerSecond: number) {
  const clock = { ms: 5000 };
  return { clock, take: createRateLimit(mostPerSecond, () => clock.ms) };
}

test('as many as allowed pass in the second after the first, the rest wait for its end', () => {
  const { clock, take } = limitOn(2);
  expect(take('alice')).toBe(0);
  clock.ms += 400;
  expect([take('alice'), take('alice'), take('alice')]).toEqual([0, 600, 600]);
  clock.ms += 599;
  expect(take('alice')).toBe(1);
  clock.ms += 1;
  expect([take('alice'), take('alice'), take('alice')]).toEqual([0, 0, 1000]);
});

test('one key does not use up the calls of another', () => {
  const { take } = limitOn(1);
  expect([take('alice'), take('alice'), take('bob'), take('bob')]).toEqual([0, 1000, 0, 1000]);
});

test('forgetting the windows that ended does not forgive the ones that run', () => {
  const { clock, take } = limitOn(1);
  take('alice');
  clock.ms += 900;
  take('bob');
  clock.ms += 200;
  expect([take('carol'), take('bob'), take('alice')]).toEqual([0, 800, 0]);
});
