// live/asked-shape.test.ts: one that can only be asked looks up, down or hung, as it is, and obeys nobody.
// Run by `npm test`; the shapes are real processes, which the test itself supervises.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteTraces, freeTarget } from '../../audit/free-target.ts';
import type { RunningTarget } from '../../targets/platform.ts';
import { startTarget } from '../../targets/process-platform.ts';
import { askedShape } from './asked-shape.ts';
import { watchTarget } from './boxes.ts';
import type { LiveShape } from './live-shape.ts';

const patiently = { timeout: 30_000 };

let services: RunningTarget;
let asked: LiveShape;
beforeAll(async () => {
  const env = { PUBLIC_URL: 'http://shop.test:8000' };
  services = await startTarget(await freeTarget('microservices'), { fresh: true, env });
  asked = askedShape(services.target, services.baseUrl);
}, 60_000);
afterAll(async () => {
  await services.stop();
  deleteTraces(services.target);
});

async function boxes(): Promise<Record<string, string>> {
  const watch = watchTarget(asked);
  await watch.look();
  watch.close();
  return Object.fromEntries(watch.boxes().map(({ name, state }) => [name, state]));
}

test('who answers is up, and the page is told where a browser finds it', async () => {
  expect(new Set(Object.values(await boxes()))).toEqual(new Set(['up']));
  expect(asked.asked?.pageUrl).toBe('http://shop.test:8000');
});

test('a service that is dead is dead, alone, until it is back', async () => {
  // Killed whenever it is back: one look of several must fall between.
  const killer = setInterval(() => services.kill('payments'), 200);
  try {
    await expect
      .poll(boxes, patiently)
      .toMatchObject({ payments: 'dead', gateway: 'up', catalog: 'up' });
  } finally {
    clearInterval(killer);
  }
  await expect.poll(boxes, patiently).toMatchObject({ payments: 'up' });
});

test('a front door that stands still hangs, and of what is behind it nothing is known', async () => {
  services.pause('gateway');
  expect(await boxes()).toMatchObject({ gateway: 'hung', payments: 'unknown' });
  services.resume('gateway');
  await expect.poll(boxes, patiently).toMatchObject({ gateway: 'up', payments: 'up' });
});

test('nobody can be killed or deployed to', async () => {
  expect(() => asked.kill('payments')).toThrow('microservices runs elsewhere');
  await expect(asked.deploy('payments', {})).rejects.toThrow('microservices runs elsewhere');
});
