// targets/replicas.test.ts: the real services with replicas: killed, deployed bit by bit, sharing a database.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { planCheckouts } from '../audit/checkout-plan.ts';
import { createCustomer } from '../audit/customer.ts';
import { deleteTraces, freeTarget } from '../audit/free-target.ts';
import { verify } from '../audit/invariants.ts';
import { readEvidence, readPending } from '../audit/read-databases.ts';
import { settle } from '../audit/settle.ts';
import { buildArtefact } from './artefacts.ts';
import { labFolders, repoRoot } from './lab-folders.ts';
import type { RunningTarget } from './platform.ts';
import { startTarget } from './process-platform.ts';
import { unpackArtefact } from './releases.ts';
import { replicasOf, withReplicas } from './replicas.ts';
import { askSteadily } from './steady-requests.ts';
import { componentOf, targetsAt } from './targets.ts';

const customers = 8;
const slow = 120_000;

describe('a target with replicas', () => {
  const { monolith, microservices } = targetsAt();
  const target = withReplicas(microservices, { catalog: 2, orders: 3 });

  test('has them by name, on ports of their own', () => {
    const names = replicasOf(target, 'orders-2').map(({ name, port }) => `${name} ${port}`);
    expect(names).toEqual(['orders 4003', 'orders-2 4132', 'orders-3 4133']);
    const ports = target.components.map(({ port }) => port);
    expect(new Set(ports).size).toBe(10);
  });

  test.each([
    [microservices, { gateway: 2 }, 'gateway cannot have replicas'],
    [monolith, { monolith: 2 }, 'monolith cannot have replicas'],
    [microservices, { teapots: 2 }, 'choose one of gateway, catalog'],
    [microservices, { catalog: 0 }, 'catalog is to have 0 replicas: give 1 to 9'],
  ])('is refused where it makes no sense: %#', (shape, counts, sentence) => {
    expect(() => withReplicas(shape, counts as Record<string, number>)).toThrow(sentence);
  });
});

describe('two catalogs and two orders services', () => {
  let running: RunningTarget;

  beforeAll(async () => {
    const target = await freeTarget('microservices');
    const env = { RATE_LIMIT_RPS: '1000000' };
    running = await startTarget(target, { fresh: true, env, replicas: { catalog: 2, orders: 2 } });
  }, slow);
  afterAll(async () => {
    await running?.stop();
    deleteTraces(running.target);
  });

  const pidOf = (name: string) => running.components.find((one) => one.name === name)?.pid;
  const urlOf = (name: string) => running.components.find((one) => one.name === name)?.url;

  /** How many products this replica has shown. */
  async function shownBy(name: string): Promise<number> {
    const { body } = await request(`${urlOf(name)}/metrics`, { reset: true });
    const line = /^http_requests_total\{operation="getProduct",status="200"\} (\d+)$/m;
    return Number(line.exec(await body.text())?.[1] ?? 0);
  }

  function browse() {
    const steady = askSteadily(`${running.baseUrl}/products/prd_0001`, customers);
    onTestFinished(() => steady.stop());
    return steady;
  }

  test('a killed replica costs what it had in hand, and serves again after its restart', async () => {
    const steady = browse();
    await steady.more(200);
    expect(await shownBy('catalog')).toBeGreaterThan(50);
    expect(await shownBy('catalog-2')).toBeGreaterThan(50);
    running.kill('catalog-2');
    await steady.more(200);
    await running.waitReady();
    await expect.poll(() => shownBy('catalog-2'), { timeout: 20_000 }).toBeGreaterThan(50);
    await steady.stop();
    expect(steady.lost.length).toBeLessThanOrEqual(customers);
  }, 60_000);

  test('a rolling deployment replaces both and drops nothing', async () => {
    const before = [pidOf('catalog'), pidOf('catalog-2')];
    const steady = browse();
    await steady.more(100);
    await running.deploy('catalog', { strategy: 'rolling', env: { LOG_LEVEL: 'error' } });
    await steady.more(100);
    await steady.stop();
    expect(steady.lost).toEqual([]);
    const after = [pidOf('catalog'), pidOf('catalog-2')];
    expect(after.filter((pid) => pid === undefined || before.includes(pid))).toEqual([]);
  }, 60_000);

  test('a bad version stops at the first replica; the other serves until the old one is back', async () => {
    const releaseFolder = mkdtempSync(join(tmpdir(), 'bad-release-'));
    onTestFinished(() => rmSync(releaseFolder, { recursive: true }));
    writeFileSync(join(releaseFolder, 'server.mjs'), "console.error('half baked');process.exit(2)");
    const artefact = await buildArtefact(componentOf(running.target, 'catalog'));
    const good = await unpackArtefact(artefact.path, labFolders(repoRoot).releases);
    const other = pidOf('catalog-2');
    const steady = browse();
    await steady.more(50);
    const deployment = running.deploy('catalog', { strategy: 'rolling', releaseFolder });
    await expect(deployment).rejects.toThrow('catalog cannot start: half baked');
    await steady.more(100);
    expect(pidOf('catalog-2')).toBe(other);
    await running.deploy('catalog', { strategy: 'rolling', releaseFolder: good });
    await running.waitReady();
    await steady.stop();
    expect(steady.lost).toEqual([]);
  }, 60_000);

  test('a single process cannot be deployed bit by bit', async () => {
    const deployment = running.deploy('payments', { strategy: 'rolling' });
    await expect(deployment).rejects.toThrow('payments is one process');
  });

  test('an orders service that died starts anew and leaves alone what the other is working on', async () => {
    const customer = createCustomer({
      baseUrl: running.baseUrl,
      patienceMs: 30_000,
      random: () => 0,
    });
    onTestFinished(() => customer.close());
    // The slow card holds every order in `placed` while the other replica starts.
    const checkouts = planCheckouts(60, 17).map(({ key, body }) =>
      customer.checkOut(key, { ...body, cardToken: 'tok_slow' }),
    );
    const placed = async () => (await readPending(running)).placed;
    await expect.poll(placed, { timeout: 10_000 }).toBeGreaterThan(20);
    running.kill('orders-2');
    const told = await Promise.all(checkouts);
    const atOnce = told.filter(({ attempts }) => attempts === 1);
    expect(atOnce.filter(({ verdict }) => verdict === 'confirmed').length).toBeGreaterThan(5);
    expect(atOnce.filter(({ code }) => code === 'INTERRUPTED')).toEqual([]);
    await settle(running, 30_000);
    const broken = verify(told, await readEvidence(running)).filter((one) => one.offenders.length);
    expect(broken).toEqual([]);
  }, 60_000);
});
