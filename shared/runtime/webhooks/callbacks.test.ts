// webhooks/callbacks.test.ts: a stop waits for the callbacks under way, and for no others.
import { setImmediate as breath } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createCallbacks } from './callbacks.ts';
import type { CallbackStore } from './rounds.ts';

test('closing ends a round that would find more for as long as it looks', async () => {
  let looks = 0;
  const store: CallbackStore = {
    async findDue() {
      looks += 1;
      await breath();
      return [{ id: 'whk_1', url: 'http://127.0.0.1/', body: '{}', attempts: 0 }];
    },
    // Somebody else has begun it: nothing is sent here.
    claim: async () => false,
    finish: async () => {},
  };
  const settings = {
    CALLBACK_ALLOW: ['loopback'],
    CALLBACK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  };
  const calling = createCallbacks(store, settings, { error: expect.unreachable }).keepCalling();
  while (looks < 10) await breath();
  const looksBefore = looks;
  await calling.close();
  expect(looks).toBe(looksBefore);
  await breath();
  expect(looks).toBe(looksBefore);
});
