// audit/crash-late.test.ts: calls that arrive after they were called off, and services that die unheard.
// Black box, with a proxy that holds a call back for as long as the test wants.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CrashBench, startCrashBench } from './crash-bench.ts';
import { type CrashProxy, type Moment, startCrashProxy } from './crash-proxy.ts';
import { freeTarget } from './free-target.ts';

let proxy: CrashProxy;
let bench: CrashBench;

beforeAll(async () => {
  const target = await freeTarget('microservices');
  proxy = await startCrashProxy(target);
  // Short, so that a call which is held back soon counts as lost.
  const impatient = { INVENTORY_TIMEOUT_MS: '500', PAYMENTS_TIMEOUT_MS: '500' };
  bench = await startCrashBench(target, { ...proxy.env, ...impatient });
});
afterAll(async () => {
  await bench?.close();
  proxy?.close();
});
afterEach(async () => expect(await bench.offenders()).toEqual([]));

const takeStock: Moment = { service: 'inventory', path: /^\/reservations$/, when: 'before' };
const charge: Moment = { service: 'payments', path: /^\/payments$/, when: 'before' };
const bothCalls = [
  ['takeStock', takeStock],
  ['charge', charge],
] as const;

/** Holds the next such call back until `release`; `answered` is the status it got then. */
function hold(moment: Moment, meanwhile: () => Promise<void> = async () => {}) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const answered = proxy.strike(moment, async () => {
    await meanwhile();
    await released;
    return undefined;
  });
  return { release: () => release(), answered };
}

test.each(bothCalls)(
  'a %s that arrives after it was called off is refused',
  async (_name, moment) => {
    const held = hold(moment);
    expect(await bench.buy()).toMatchObject({ verdict: 'rejected', code: 'DEPENDENCY_TIMEOUT' });
    held.release();
    expect(await held.answered).toBe(409);
  },
);

test.each(bothCalls)('a %s that outlives its process is refused after recovery', async (...row) => {
  const held = hold(row[1], () => bench.crash('orders'));
  expect(await bench.buy()).toMatchObject({ verdict: 'rejected', code: 'INTERRUPTED' });
  expect(await bench.offenders()).toEqual([]);
  held.release();
  expect(await held.answered).toBe(409);
});

test('a card that is slower than the limit is refunded, however it decides', async () => {
  for (const card of ['tok_slow', 'tok_slow_declined'])
    expect(await bench.buy(card)).toMatchObject({ code: 'DEPENDENCY_TIMEOUT' });
});

test('a service that dies after its work, before its answer, has it undone', async () => {
  const killed = [
    ['inventory', { ...takeStock, when: 'after' }],
    ['payments', { ...charge, when: 'after' }],
  ] as const;
  for (const [victim, moment] of killed) {
    const struck = proxy.strike(moment, async () => {
      await bench.crash(victim);
      return 'lose';
    });
    const told = await bench.buy();
    expect(told).toMatchObject({ verdict: 'rejected', code: 'DEPENDENCY_UNAVAILABLE' });
    expect(await struck).toBe(201);
    await bench.running.waitReady();
  }
});
