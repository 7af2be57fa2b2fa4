// targets/serverless-target.test.ts: the cloud as a target: asleep, called, broken, killed and stopped.
// Run by `npm test`; the cloud and its functions run from their real zips.
import { DEMO_INSTRUCTOR_KEY } from '@lab/shared/runtime/config.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteTraces, freeTarget } from '../audit/free-target.ts';
import { composePlatform } from './compose/compose-platform.ts';
import type { RunningTarget } from './platform.ts';
import { startTarget } from './process-platform.ts';
import { processBirth } from './process-times.ts';

let running: RunningTarget;
beforeAll(async () => {
  running = await startTarget(await freeTarget('serverless'), {
    fresh: true,
    readyTimeoutMs: 60_000,
  });
}, 120_000);
afterAll(async () => {
  await running?.stop();
  if (running !== undefined) deleteTraces(running.target);
});

const cloud = () => running.components[0];
const functions = () => cloud()?.workerPids ?? [];
const browse = () => fetch(`${running.baseUrl}/products?limit=1`);
const kindsOf = (name: string) =>
  running.events.filter((event) => event.name === name).map(({ kind }) => kind);

test('nothing but the cloud runs until somebody calls; asking whether it is ready is no call', async () => {
  expect(cloud()).toMatchObject({ name: 'cloud', state: 'ready', runsFunctions: true });
  expect((await fetch(`${cloud()?.url}/ready`)).status).toBe(200);
  expect(functions()).toEqual([]);
});

test('a request starts its function, whose memory and CPU are the cloud’s from then on', async () => {
  const { rssBytes = 0 } = cloud() ?? {};
  expect((await browse()).status).toBe(200);
  expect(kindsOf('shop-catalog')).toEqual(['started', 'ready']);
  expect(functions().length).toBeGreaterThan(0);
  expect(cloud()?.rssBytes).toBeGreaterThan(rssBytes + 40_000_000);
  expect((await browse()).status).toBe(200);
  expect(kindsOf('shop-catalog')).toEqual(['started', 'ready']);
  const rows = await running.query('catalog', 'SELECT count(*) AS count FROM products');
  expect(rows).toEqual([{ count: expect.any(Number) }]);
});

test('a crash ends one process of one function, and the next request starts another', async () => {
  const crash = await fetch(`${running.baseUrl}/chaos/catalog`, {
    method: 'PUT',
    headers: { 'x-api-key': DEMO_INSTRUCTOR_KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'crash' }),
  });
  expect(crash.status).toBe(200);
  expect((await browse()).status).toBeGreaterThanOrEqual(500);
  await expect.poll(() => kindsOf('shop-catalog')).toEqual(['started', 'ready', 'died']);
  expect((await browse()).status).toBe(200);
  expect(kindsOf('shop-catalog')).toEqual(['started', 'ready', 'died', 'started', 'ready']);
  expect(cloud()).toMatchObject({ restarts: 0, state: 'ready' });
});

test('a cloud that is killed takes its functions with it and comes back', async () => {
  const before = functions();
  running.kill('cloud');
  await expect.poll(() => before.filter((pid) => processBirth(pid) !== undefined)).toEqual([]);
  await running.waitReady(60_000);
  expect(cloud()?.restarts).toBe(1);
  expect((await browse()).status).toBe(200);
});

test('stopped, it leaves no process', async () => {
  const all = [cloud()?.pid ?? 0, ...functions()];
  await running.stop();
  expect(all.filter((pid) => processBirth(pid) !== undefined)).toEqual([]);
});

test('containers are refused in one sentence', async () => {
  await expect(composePlatform.start(running.target)).rejects.toThrow(
    'serverless does not run in containers: leave --platform compose out.',
  );
});
