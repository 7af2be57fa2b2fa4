// slowest-component/chain.test.ts: the real chain: by call, by queue, killed, and with repeats.
// Real queues, functions and processes; a few orders each.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BlockContext } from '../../lab/experiment.ts';
import { testLab } from '../../lab/test-lab.ts';
import { armOf, type Plan } from './arms.ts';
import { type Chain, startChain } from './rig.ts';

const TRIES = 5;

const { lab, close } = testLab();
let chain: Chain;

beforeAll(async () => {
  chain = await startChain(lab);
}, 60_000);
afterAll(close);

async function measured(plan: Omit<Plan, 'name' | 'rateRps'>) {
  const arm = armOf(lab, chain, { name: 'tried', rateRps: 10, ...plan });
  const [sample] = await arm.measure({ index: 0, seed: 1 } satisfies BlockContext);
  return sample?.metrics ?? {};
}

test('by call an order is billed for waiting, by queue it is acknowledged before it is done', async () => {
  let ratio = 0;
  // What is billed is wall time: whoever else wants the cores lengthens what waits for nobody, too.
  for (let tries = 0; tries < TRIES && ratio <= 1.5; tries += 1) {
    const byCall = await measured({ coupling: 'call', orders: 5, deadMs: 0 });
    const byQueue = await measured({ coupling: 'queue', orders: 5, deadMs: 0 });
    expect(byCall.billedMs).toBeGreaterThan(660);
    expect(byQueue.billedMs).toBeGreaterThan(240);
    expect(byQueue.ackMsP50).toBeLessThan(byQueue.doneMsP50 ?? 0);
    expect([byCall.lost, byQueue.lost, byQueue.missing]).toEqual([0, 0, 0]);
    ratio = (byCall.billedMs ?? 0) / (byQueue.billedMs ?? 1);
  }
  expect(ratio).toBeGreaterThan(1.5);
}, 120_000);

test('orders in a queue outlive the death of the slow stage, callers are refused', async () => {
  const outage = { orders: 30, deadMs: 1500 };
  const byQueue = await measured({ coupling: 'queue', ...outage });
  expect(byQueue).toMatchObject({ failedRatio: 0, lost: 0, missing: 0, deadLettered: 0 });
  expect(byQueue.drainMs).toBeGreaterThan(0);
  const byCall = await measured({ coupling: 'call', ...outage });
  // Not all of them where a busy machine brings an order so late that the stage is there again.
  expect(byCall.failedRatio).toBeGreaterThan(0.2);
  expect(byCall.lost).toBe(0);
}, 90_000);

test('a message that comes twice is recognised', async () => {
  const twice = await measured({ coupling: 'queue', orders: 20, deadMs: 0, doubles: true });
  expect(twice.repeats).toBeGreaterThan(0);
  expect(twice).toMatchObject({ lost: 0, missing: 0 });
}, 60_000);
