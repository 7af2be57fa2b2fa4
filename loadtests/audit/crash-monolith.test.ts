// audit/crash-monolith.test.ts: the monolith killed inside each feature, and at random under load.
// Black box: the `crash` fault ends the process at the entry of one feature's functions.
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_INSTRUCTOR_KEY } from '@lab/shared/runtime/config.ts';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CrashBench, startCrashBench } from './crash-bench.ts';
import { freeTarget } from './free-target.ts';

let bench: CrashBench;

beforeAll(async () => {
  bench = await startCrashBench(await freeTarget('monolith'));
});
afterAll(() => bench?.close());
afterEach(async () => expect(await bench.offenders()).toEqual([]));

/** The next call into the feature ends the process; resolves when it is up again. */
async function crashIn(feature: string): Promise<{ restarted: Promise<void> }> {
  const { running } = bench;
  const died = new Promise<void>((resolve) => {
    const unsubscribe = running.onEvent(({ kind }) => {
      if (kind !== 'died') return;
      unsubscribe();
      resolve();
    });
  });
  const answer = await request(`${running.baseUrl}/chaos/${feature}`, {
    method: 'PUT',
    headers: { 'x-api-key': DEMO_INSTRUCTOR_KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'crash' }),
  });
  expect(answer.statusCode).toBe(200);
  await answer.body.dump();
  const restarted = died.then(async () => {
    // Not by the restart policy: its wait doubles with every test.
    await sleep(1);
    await running.restartComponent('monolith');
  });
  return { restarted };
}

test.each(['orders', 'catalog'])(
  'a crash in %s stores nothing, and the retry buys',
  async (name) => {
    const { restarted } = await crashIn(name);
    expect(await bench.buy()).toMatchObject({ verdict: 'confirmed' });
    await restarted;
  },
);

test.each(['inventory', 'payments', 'notifications'])(
  'a crash in %s during a checkout calls the order off, and the retry is told so',
  async (feature) => {
    const { restarted } = await crashIn(feature);
    expect(await bench.buy()).toMatchObject({ verdict: 'rejected', code: 'INTERRUPTED' });
    await restarted;
  },
);

test.each(['orders', 'inventory', 'payments', 'notifications'])(
  'a crash in %s during a cancellation leaves the order confirmed, and the retry cancels',
  async (feature) => {
    const told = await bench.buy();
    const { restarted } = await crashIn(feature);
    expect(await bench.cancel(told)).toMatchObject({ cancellation: 'acknowledged' });
    await restarted;
  },
);

test('a process killed again and again under load keeps its books', async () => {
  let buying = true;
  const buyer = async () => {
    while (buying) {
      const told = await bench.buy();
      if (told.verdict === 'confirmed' && Math.random() < 0.3) await bench.cancel(told);
    }
  };
  const buyers = Array.from({ length: 8 }, buyer);
  for (let kills = 0; kills < 5; kills += 1) {
    await sleep(Math.random() * 300);
    await bench.crash('monolith');
    await bench.running.waitReady();
  }
  buying = false;
  await Promise.all(buyers);
});
