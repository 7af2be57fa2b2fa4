// targets/compose/compose-platform.test.ts: real containers killed, starved, cut off, scaled and deployed.
// Run by `npm run test:compose`; `npm test` leaves it out, as it needs an engine.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_CUSTOMER_KEY } from '@lab/shared/runtime/config.ts';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { freeTarget } from '../../audit/free-target.ts';
import { healAll, switchOn } from '../../lab/fault-switch.ts';
import { buildArtefact } from '../artefacts.ts';
import { labFolders, repoRoot } from '../lab-folders.ts';
import type { RunningTarget } from '../platform.ts';
import { unpackArtefact } from '../releases.ts';
import { askSteadily } from '../steady-requests.ts';
import { componentOf } from '../targets.ts';
import { composePlatform } from './compose-platform.ts';
import { docker } from './engine.ts';
import { labName } from './project.ts';

const engine = process.env.ENGINE_TESTS === 'on';
if (!engine) console.warn('containers skipped: `npm run test:compose` runs them');

const customers = 8;
const slow = 300_000;
const env = { RATE_LIMIT_RPS: '1000000' };
/** Far above the container's limit, which is to end the process. */
const nodeFlags = ['--max-old-space-size=4096'];
const leak = { kind: 'leak', leakMb: 16, durationMs: 60_000 } as const;

let running: RunningTarget;
const facts = (name: string) =>
  running.events.filter((event) => event.name === name).map(({ kind }) => kind);
const latest = (name: string) => running.events.findLast((event) => event.name === name);

const deathOf = (name: string) =>
  running.events.findLast((event) => event.name === name && event.kind === 'died');

function ask(path: string) {
  const steady = askSteadily(`${running.baseUrl}${path}`, customers, {
    'x-api-key': DEMO_CUSTOMER_KEY,
  });
  onTestFinished(() => steady.stop());
  return steady;
}

/** Asks for payments, which a fault in payments meets, until a container has died of it. */
async function starvePayments(owner: string): Promise<void> {
  const deaths = () => facts(owner).filter((kind) => kind === 'died').length;
  const before = deaths();
  const steady = ask('/payments/ord_0000000001');
  await switchOn(running.baseUrl, 'payments', leak);
  await expect.poll(deaths, { timeout: 20_000 }).toBe(before + 1);
  await steady.stop();
}

describe.runIf(engine)('the services, three catalogs among them', () => {
  beforeAll(async () => {
    const target = await freeTarget('microservices');
    running = await composePlatform.start(target, { env, nodeFlags, replicas: { catalog: 3 } });
  }, slow);
  afterAll(() => running?.stop(), slow);

  test('each has a database of its own, which nobody asks but through it', async () => {
    expect(running.databases.map(({ name, state }) => `${name} ${state}`)).toHaveLength(6);
    const [row] = await running.query<{ n: number }>(
      'catalog',
      'SELECT count(*) AS n FROM products',
    );
    expect(row?.n).toBeGreaterThan(100);
    await expect(running.query('catalog', 'SELECT * FROM orders')).rejects.toThrow(
      'does not exist',
    );
  });

  test('a killed replica costs at most what it had in hand, and the engine brings it back', async () => {
    const steady = ask('/products/prd_0001');
    await steady.more(200);
    running.kill('catalog-2');
    const whole = ['started', 'ready', 'died', 'started', 'ready'];
    await expect.poll(() => facts('catalog-2'), { timeout: 20_000 }).toEqual(whole);
    await steady.more(200);
    await steady.stop();
    expect(steady.lost.length).toBeLessThanOrEqual(customers);
  }, 60_000);

  test('a rolling deployment of all three drops nothing', async () => {
    const steady = ask('/products/prd_0001');
    await steady.more(100);
    await running.deploy('catalog', { strategy: 'rolling', env: { LOG_LEVEL: 'error' } });
    await steady.more(100);
    await steady.stop();
    expect(steady.lost).toEqual([]);
    expect(latest('catalog-3')?.kind).toBe('ready');
  }, 120_000);

  test('a new image is deployed; a bad one is refused, and the old one deployed again', async () => {
    const releaseFolder = mkdtempSync(join(tmpdir(), 'bad-release-'));
    onTestFinished(() => rmSync(releaseFolder, { recursive: true }));
    writeFileSync(join(releaseFolder, 'server.mjs'), "console.error('half baked');process.exit(2)");
    const artefact = await buildArtefact(componentOf(running.target, 'reports'));
    const good = await unpackArtefact(artefact.path, labFolders(repoRoot).releases);
    const deployment = running.deploy('reports', { releaseFolder });
    await expect(deployment).rejects.toThrow(/reports cannot start: .*half baked/s);
    expect(running.components.find(({ name }) => name === 'reports')?.state).toBe('stopped');
    await running.deploy('reports', { releaseFolder: good });
    expect(latest('reports')?.kind).toBe('ready');
  }, 60_000);

  test('the limit of its memory ends payments; the others serve on', async () => {
    const catalog = ask('/products/prd_0001');
    await starvePayments('payments');
    await catalog.more(50);
    await catalog.stop();
    expect(deathOf('payments')).toMatchObject({ outOfMemory: true });
    expect(catalog.lost).toEqual([]);
    await running.waitReady();
  }, 60_000);

  test('a killed database takes its service alone, and both come back', async () => {
    const catalog = ask('/products/prd_0001');
    running.kill('payments-db');
    await expect.poll(() => facts('payments-db'), { timeout: 20_000 }).toContain('died');
    await expect.poll(() => latest('payments-db')?.kind, { timeout: 30_000 }).toBe('ready');
    await catalog.stop();
    expect(catalog.lost).toEqual([]);
  }, 60_000);

  test('a service cut off is not found; mended, it is', async () => {
    await running.network?.cut('reports');
    onTestFinished(() => running.network?.mend('reports'));
    const ready = async () => (await fetch(`${running.baseUrl}/ready`)).status;
    expect(await ready()).toBe(503);
    await running.network?.mend('reports');
    await running.network?.mend('reports');
    await expect.poll(ready, { timeout: 20_000 }).toBe(200);
  }, 60_000);

  test('what happens is heard also after the engine broke off telling', async () => {
    const mine = ['-P', String(process.pid), '-f', '^docker events'];
    const listener = spawnSync('pgrep', mine, { encoding: 'utf8' }).stdout.trim();
    process.kill(Number(listener), 'SIGKILL');
    const before = facts('reports').length;
    running.kill('reports');
    const since = () => facts('reports').slice(before);
    await expect.poll(since, { timeout: 20_000 }).toEqual(['died', 'started', 'ready']);
  }, 60_000);

  test('a paused service holds its callers, and goes on', async () => {
    running.pause('catalog-3');
    await expect.poll(() => latest('catalog-3')?.kind, { timeout: 10_000 }).toBe('paused');
    running.resume('catalog-3');
    await expect.poll(() => latest('catalog-3')?.kind, { timeout: 10_000 }).toBe('resumed');
  }, 60_000);
});

describe.runIf(engine)('a harness that is killed', () => {
  async function startHarness() {
    const target = await freeTarget('monolith');
    const folder = mkdtempSync(join(tmpdir(), 'compose-harness-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const platform = JSON.stringify(join(import.meta.dirname, 'compose-platform.ts'));
    writeFileSync(
      join(folder, 'harness.mts'),
      `import { composePlatform } from ${platform};
      await composePlatform.start(${JSON.stringify(target)});
      console.log('up');
      setInterval(() => {}, 1e6);`,
    );
    const harness = spawn(process.execPath, ['--import', 'tsx', join(folder, 'harness.mts')], {
      cwd: repoRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void harness.kill('SIGKILL'));
    const ofProject = [
      '--filter',
      `label=com.docker.compose.project=${labName}-${target.instance}`,
    ];
    const left = async () => {
      const lists = [
        ['ps', '-aq'],
        ['network', 'ls', '-q'],
        ['volume', 'ls', '-q'],
      ];
      return (await Promise.all(lists.map((list) => docker([...list, ...ofProject])))).join('');
    };
    return { harness, left, data: join(labFolders(repoRoot).data, target.instance) };
  }

  test('leaves no container, no network and no volume', async () => {
    const { harness, left } = await startHarness();
    await once(harness.stdout, 'data');
    expect(await left()).not.toBe('');
    harness.kill('SIGKILL');
    await expect.poll(left, { timeout: 30_000 }).toBe('');
  }, 120_000);

  test('leaves nothing either when it had only begun: what it asked for ends with it', async () => {
    const { harness, left, data } = await startHarness();
    const begun = () => existsSync(join(data, 'compose.json'));
    await expect.poll(begun, { timeout: 20_000, interval: 20 }).toBe(true);
    await sleep(50);
    harness.kill('SIGKILL');
    // As long as a build from the cache and both starts would have taken.
    await sleep(12_000);
    expect(await left()).toBe('');
  }, 120_000);
});

describe.runIf(engine)('the monolith', () => {
  beforeAll(async () => {
    running = await composePlatform.start(await freeTarget('monolith'), { env, nodeFlags });
  }, slow);
  afterAll(() => running?.stop(), slow);

  test('the limit of its memory takes everything at once', async () => {
    const catalog = ask('/products/prd_0001');
    await starvePayments('monolith');
    expect(deathOf('monolith')).toMatchObject({ outOfMemory: true });
    await expect.poll(() => catalog.lost.length).toBeGreaterThan(customers);
    await running.waitReady();
    await healAll(running.baseUrl);
  }, 60_000);

  test('its one database, killed, takes everything, and comes back', async () => {
    const catalog = ask('/products/prd_0001');
    running.kill('monolith-db');
    await expect.poll(() => catalog.lost.length, { timeout: 20_000 }).toBeGreaterThan(customers);
    await expect.poll(() => latest('monolith-db')?.kind, { timeout: 30_000 }).toBe('ready');
    await catalog.more(100);
    expect(facts('monolith')).not.toContain('stopped');
  }, 60_000);
});
