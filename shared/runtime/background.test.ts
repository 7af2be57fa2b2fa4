// runtime/background.test.ts: work that outlives its request.
import { expect, test, vi } from 'vitest';
import { problem } from '../domain/problems.ts';
import { createBackground } from './background.ts';

test('a stop waits for all that was begun', async () => {
  const background = createBackground({ error: vi.fn() });
  let ended = 0;
  for (const ms of [30, 10]) {
    background.add(new Promise((done) => setTimeout(done, ms)).then(() => (ended += 1)));
  }
  await background.settle();
  expect(ended).toBe(2);
});

test('a refusal is silent, for it is stored; a bug is logged; neither ends the process', async () => {
  const error = vi.fn();
  const background = createBackground({ error });
  background.add(Promise.reject(problem('interrupted', 'Called off.')));
  await background.settle();
  expect(error).not.toHaveBeenCalled();
  background.add(Promise.reject(new TypeError('bug')));
  await background.settle();
  expect(error).toHaveBeenCalledOnce();
});
