// experiments/availability/customers.test.ts: customers of a real monolith whose features fail.
// Fates are compared with each other, so nothing here depends on time.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteTraces, freeTarget } from '../../audit/free-target.ts';
import type { RunningTarget } from '../../targets/platform.ts';
import { startTarget } from '../../targets/process-platform.ts';
import type { Target } from '../../targets/targets.ts';
import { type Customers, openCustomers, pageFeatures } from './customers.ts';
import { whileFailing } from './switches.ts';

let target: Target;
let running: RunningTarget;
let customers: Customers;

beforeAll(async () => {
  target = await freeTarget('monolith');
  const env = { LAB_CHAOS: 'on', RATE_LIMIT_RPS: '1000000' };
  running = await startTarget(target, { fresh: true, env, logLevel: 'error' });
  customers = openCustomers(running.baseUrl, 1, `test-${process.pid}-${Date.now()}`);
});
afterAll(async () => {
  await customers?.close();
  await running?.stop();
  deleteTraces(target);
});

const buy = (count: number) => customers.checkOut(count);

test('with nothing broken nobody fails', async () => {
  const fates = [...(await buy(10)), ...(await customers.visit(10)).flat()];
  expect(fates).toHaveLength(10 + 10 * pageFeatures.length);
  expect(fates.flatMap(Object.values)).not.toContain(true);
});

test('a page fails where its feature fails, and nowhere else', async () => {
  const [page] = await whileFailing(running.baseUrl, ['inventory'], 100, () => customers.visit(1));
  expect(page?.map((fate) => fate.once)).toEqual([false, true, false, false, false]);
});

test('a second try within a common outage fails as the first did', async () => {
  const look = () => customers.visit(4);
  const pages = await whileFailing(running.baseUrl, pageFeatures, 100, look);
  expect(pages.flat().flatMap(Object.values)).not.toContain(false);
  expect(customers.takeStrange()).toBe(0);
});

test('a checkout rejected by payments stays rejected under its key, and a new key buys', async () => {
  const fates = await whileFailing(running.baseUrl, ['payments'], 50, () => buy(60));
  for (const fate of fates) expect(fate['same key again']).toBe(fate.once);
  const rejected = fates.filter((fate) => fate.once);
  // Of some 30 rejected, that all fail a second time has a chance of 2⁻³⁰.
  expect(rejected.some((fate) => !fate['new key once rejected'])).toBe(true);
});

test('a checkout that the catalog failed is not stored, so the same key buys', async () => {
  const fates = await whileFailing(running.baseUrl, ['catalog'], 50, () => buy(60));
  for (const fate of fates) expect(fate['new key once rejected']).toBe(fate['same key again']);
  expect(fates.some((fate) => fate.once && !fate['same key again'])).toBe(true);
});

test('a failure that no switch explains is counted once', async () => {
  const stranger = openCustomers('http://127.0.0.1:9', 1, 'nobody-there');
  await stranger.visit(1);
  expect(stranger.takeStrange()).toBe(2 * pageFeatures.length);
  expect(stranger.takeStrange()).toBe(0);
  await stranger.close();
});
