// webhooks/callbacks.test.ts: rounds end in time: for a stop, and for a function's own limit.
import { setImmediate as breath } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { createCallbacks } from './callbacks.ts';
import type { CallbackStore } from './rounds.ts';

const settings = {
  CALLBACK_ALLOW: ['loopback'],
  CALLBACK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
};
const log = { error: expect.unreachable };

let looks: number;
beforeEach(() => {
  looks = 0;
});
/** Always finds one, which somebody else has begun: nothing is sent here. */
const endless: CallbackStore = {
  async findDue() {
    looks += 1;
    await breath();
    return [{ id: 'whk_1', url: 'http://127.0.0.1/', body: '{}', attempts: 0 }];
  },
  claim: async () => false,
  finish: async () => {},
};

test('a function that has no time left for a call begins none, and one that has ends in time', async () => {
  const { round } = createCallbacks(endless, settings, log);
  await round(3900);
  expect(looks).toBe(0);
  await round(4100);
  expect(looks).toBeGreaterThan(0);
});

test('closing ends a round that would find more for as long as it looks', async () => {
  const calling = createCallbacks(endless, settings, log).keepCalling();
  while (looks < 10) await breath();
  const looksBefore = looks;
  await calling.close();
  expect(looks).toBe(looksBefore);
  await breath();
  expect(looks).toBe(looksBefore);
});
