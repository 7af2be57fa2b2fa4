// targets/process-platform.test.ts: a target's life from start to stop, faults included.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { buildArtefact } from './artefacts.ts';
import type { RunningTarget } from './platform.ts';
import { startTarget } from './process-platform.ts';
import { processBirth } from './process-times.ts';
import { unpackArtefact } from './releases.ts';
import { createStubShop, type StubShop, writeServer } from './stub-shop.ts';

let shop: StubShop;
let running: RunningTarget | undefined;

beforeEach(async () => {
  shop = await createStubShop();
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  shop.remove();
});

async function start(env: Record<string, string> = {}): Promise<RunningTarget> {
  running = await startTarget(shop.target, { env }, shop.root);
  return running;
}

function statusOf(target: RunningTarget, name: string) {
  const status = target.components.find((component) => component.name === name);
  if (status === undefined) throw new Error(`no ${name}`);
  return status;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const kindsOf = (target: RunningTarget, name: string) =>
  target.events.filter((event) => event.name === name).map((event) => event.kind);

test('every component of a started target answers from its zip', async () => {
  const target = await start();
  for (const { url, state, rssBytes, pid } of target.components) {
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    expect(state).toBe('ready');
    expect(rssBytes).toBeGreaterThan(1_000_000);
    expect(pid).toBeGreaterThan(0);
  }
  expect(target.baseUrl).toBe(statusOf(target, 'gateway').url);
});

test('a killed component is restarted and becomes ready, the others live on', async () => {
  const target = await start();
  const before = target.components.map((component) => component.pid);
  target.kill('orders');
  await target.waitReady();
  expect(statusOf(target, 'orders')).toMatchObject({ state: 'ready', restarts: 1 });
  expect(statusOf(target, 'orders').pid).not.toBe(before[1]);
  expect(statusOf(target, 'gateway').pid).toBe(before[0]);
  const life = ['started', 'ready', 'died', 'restarting', 'started', 'ready'];
  expect(kindsOf(target, 'orders')).toEqual(life);
});

test('a component that crashes by itself waits 100 ms, then 200 ms', async () => {
  const target = await start();
  for (const _ of [1, 2]) {
    await fetch(`${statusOf(target, 'orders').url}/crash`).catch(() => {});
    await until(() => statusOf(target, 'orders').state !== 'ready');
    await target.waitReady();
  }
  const delays = target.events.flatMap((e) => (e.kind === 'restarting' ? [e.delayMs] : []));
  expect(delays).toEqual([100, 200]);
  const times = target.events.map((event) => event.atMs);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test('a paused component answers nothing until it is resumed', async () => {
  const target = await start();
  const { url } = statusOf(target, 'orders');
  target.pause('orders');
  expect(statusOf(target, 'orders').state).toBe('paused');
  await expect(fetch(url, { signal: AbortSignal.timeout(300) })).rejects.toThrow();
  target.resume('orders');
  expect((await fetch(url)).status).toBe(200);
  expect(statusOf(target, 'orders')).toMatchObject({ state: 'ready', restarts: 0 });
});

test('stop ends every process, a paused one too, and forgets them', async () => {
  const target = await start();
  const pids = target.components.map((component) => component.pid ?? 0);
  target.pause('orders');
  await target.stop();
  expect(pids.map(processBirth)).toEqual([undefined, undefined]);
  expect(readdirSync(join(shop.root, '.lab/run'))).toEqual([]);
  expect(target.components.map((component) => component.state)).toEqual(['stopped', 'stopped']);
  expect(kindsOf(target, 'gateway').at(-1)).toBe('stopped');
});

test('a start that fails says so in the words of the process and leaves nothing running', async () => {
  const fault = 'CUSTOMER_KEYS is empty: name at least one key.';
  // Both fail; which one first is a race.
  const sentence =
    /^(gateway|orders) cannot start: CUSTOMER_KEYS is empty: name at least one key.$/;
  await expect(start({ STUB_FAULT: fault })).rejects.toThrow(sentence);
  expect(readdirSync(join(shop.root, '.lab/run'))).toEqual([]);
});

test('a component that never becomes ready is named with its last words', async () => {
  const [, orders] = shop.target.components;
  if (orders === undefined) throw new Error('no orders');
  writeServer(shop.root, orders, "console.error('waiting for godot'); setInterval(() => {}, 1e6);");
  const starting = startTarget(shop.target, { readyTimeoutMs: 1500 }, shop.root);
  await expect(starting).rejects.toThrow(/orders was not ready within 1.5 s: waiting for godot/);
  expect(readdirSync(join(shop.root, '.lab/run'))).toEqual([]);
});

test('of two labs that begin on the same ports at once, one is told that it cannot', async () => {
  const elsewhere = await createStubShop();
  onTestFinished(() => elsewhere.remove());
  const options = { readyTimeoutMs: 3000 };
  const starts = await Promise.allSettled([
    startTarget(shop.target, options, shop.root),
    startTarget(shop.target, options, elsewhere.root),
  ]);
  for (const start of starts) if (start.status === 'fulfilled') await start.value.stop();
  expect(starts.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(2);
});

test('a component can be deployed by itself, and rolled back from a version that fails', async () => {
  const target = await start();
  const [, orders] = shop.target.components;
  if (orders === undefined) throw new Error('no orders');
  const gatewayPid = statusOf(target, 'gateway').pid;
  const old = await buildArtefact(orders, shop.root);
  const releases = join(shop.root, '.lab/releases');
  const oldFolder = await unpackArtefact(old.path, releases);
  writeServer(shop.root, orders, "console.error('half baked'); process.exit(2);");
  const bad = await buildArtefact(orders, shop.root);
  const badFolder = await unpackArtefact(bad.path, releases);
  const deployment = target.restartComponent('orders', { releaseFolder: badFolder });
  await expect(deployment).rejects.toThrow('orders cannot start: half baked');
  await target.restartComponent('orders', { releaseFolder: oldFolder });
  expect(statusOf(target, 'orders').state).toBe('ready');
  expect(statusOf(target, 'gateway').pid).toBe(gatewayPid);
});

test.skipIf(!existsSync('/proc/self/environ'))(
  'settings are added to those of earlier deployments, and stay until they are set again',
  async () => {
    const target = await start({ GREETING: 'moin' });
    const settings = () =>
      readFileSync(`/proc/${statusOf(target, 'orders').pid}/environ`, 'utf8')
        .split('\0')
        .filter((line) => /^(GREETING|FAREWELL)=/.test(line))
        .sort();
    await target.restartComponent('orders', { env: { FAREWELL: 'tschüss' } });
    expect(settings()).toEqual(['FAREWELL=tschüss', 'GREETING=moin']);
    await target.restartComponent('orders', { env: { GREETING: 'servus' } });
    expect(settings()).toEqual(['FAREWELL=tschüss', 'GREETING=servus']);
    await target.restartComponent('orders');
    expect(settings()).toEqual(['FAREWELL=tschüss', 'GREETING=servus']);
  },
);

test('a name the target does not have is refused with the names it has', async () => {
  const target = await start();
  expect(() => target.kill('teapots')).toThrow('choose one of gateway, orders');
});

test("a component's output is kept in its own log", async () => {
  const target = await start();
  await target.stop();
  const log = join(shop.root, '.lab/logs/stub-shop/orders.log');
  expect(readFileSync(log, 'utf8')).toContain('"closed"');
});
