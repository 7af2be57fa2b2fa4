// hop-cost/rig.test.ts: the chain as it is measured: real processes, the real gateway, counts only.
// Run by vitest; how long a hop takes is not asserted, that its work is done is.
import { Order } from '@lab/shared/contract/orders.ts';
import { fits } from '@lab/shared/contract/validate.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClosers } from '../../bench/closers.ts';
import { transports } from './cells.ts';
import { type Ask, orderOfOneKilobyte, startHops } from './rig.ts';

const closers = createClosers();
let ask: Ask;
beforeAll(async () => {
  const pinning = { serverCore: undefined, generatorLauncher: [], sentence: '' };
  ask = await startHops({ defer: closers.defer, pinning, portBase: 17_000 });
});
afterAll(closers.closeAll);

test('the order is one of the contract, and of about 1,000 bytes', () => {
  const order = orderOfOneKilobyte();
  expect(fits(Order)(order)).toBeNull();
  const bytes = JSON.stringify(order).length;
  expect(bytes).toBeGreaterThan(900);
  expect(bytes).toBeLessThan(1200);
});

test.each(transports)('by %s every component on the way does its work', async (transport) => {
  const { latencyMsP50, failed } = await ask({ transport, hops: 5, workMs: 4, requests: 3 });
  expect(failed).toBe(0);
  // Six components of 4 ms each: less would mean that one was left out.
  expect(latencyMsP50).toBeGreaterThan(24);
});

test('what is not asked for is not reached: no hop costs less CPU than five', async () => {
  const cost = (hops: number) => ask({ transport: 'http', hops, workMs: 0, requests: 200 });
  await cost(5);
  const [none, five] = [await cost(0), await cost(5)];
  expect(five.cpuUsPerRequest / none.cpuUsPerRequest).toBeGreaterThan(2);
});
