// targets/cluster.test.ts: the real monolith as two workers: crashed, bought from, deployed, orphaned.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { planCheckouts } from '../audit/checkout-plan.ts';
import { createCustomer } from '../audit/customer.ts';
import { deleteTraces, freeTarget } from '../audit/free-target.ts';
import { verify } from '../audit/invariants.ts';
import { readEvidence } from '../audit/read-databases.ts';
import { settle } from '../audit/settle.ts';
import { repoRoot } from './lab-folders.ts';
import type { RunningTarget } from './platform.ts';
import { startTarget } from './process-platform.ts';
import { processBirth } from './process-times.ts';
import { askSteadily } from './steady-requests.ts';

const customers = 8;
const env = { RATE_LIMIT_RPS: '1000000' };
let running: RunningTarget;

beforeAll(async () => {
  running = await startTarget(await freeTarget('monolith-cluster'), { fresh: true, env });
}, 60_000);
afterAll(async () => {
  await running?.stop();
  deleteTraces(running.target);
});

const status = () => running.components[0];
const workers = () => status()?.workerPids ?? [];
const allGone = (pids: readonly number[]) => pids.every((pid) => processBirth(pid) === undefined);

/** On a connection of its own, so that any worker may get it. */
async function instruct(
  method: 'PUT' | 'GET' | 'DELETE',
  path: string,
  fault?: object,
  { status: wanted = 200, key = 'demo-instructor-one-shop' } = {},
) {
  const { statusCode, body } = await request(running.baseUrl + path, {
    method,
    reset: true,
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    body: fault === undefined ? null : JSON.stringify(fault),
  });
  const text = await body.text();
  expect(statusCode, text).toBe(wanted);
  return JSON.parse(text);
}

async function browseOnce(): Promise<number> {
  const answer = await request(`${running.baseUrl}/products?limit=1`, { reset: true });
  await answer.body.dump();
  return answer.statusCode;
}

function browse() {
  const steady = askSteadily(`${running.baseUrl}/products/prd_0001`, customers);
  onTestFinished(() => steady.stop());
  return steady;
}

test('two workers serve under one primary, whose figures count all three', async () => {
  expect(new Set([...workers(), status()?.pid]).size).toBe(3);
  const listen = running.events.filter(({ of, kind }) => of === 'monolith' && kind === 'ready');
  expect(listen).toHaveLength(2);
  expect(status()?.rssBytes).toBeGreaterThan(120_000_000);
});

test('a fault that kills nobody is in every worker, its hits add up, and it heals in all', async () => {
  await instruct('PUT', '/chaos/catalog', { kind: 'error', status: 500 });
  const statuses: number[] = [];
  for (let count = 0; count < 8; count += 1) statuses.push(await browseOnce());
  expect(statuses).toEqual(statuses.map(() => 500));
  expect((await instruct('GET', '/chaos/catalog')).hits).toBe(8);
  await instruct('DELETE', '/chaos');
  for (let count = 0; count < 8; count += 1) expect(await browseOnce()).toBe(200);
});

test('a query that holds both workers up does not hold up the answer to who asked for it', async () => {
  const steady = browse();
  await steady.more(50);
  const fault = { kind: 'slow-query', queryMs: 4000, durationMs: 900 };
  const askedAtMs = performance.now();
  expect(await instruct('PUT', '/chaos/catalog', fault)).toMatchObject({ fault });
  expect(performance.now() - askedAtMs).toBeLessThan(fault.queryMs / 2);
  await steady.more(50);
  expect(performance.now() - askedAtMs).toBeGreaterThan(fault.queryMs / 2);
});

test('what one worker refuses, all refuse, and none of them ends', async () => {
  const before = workers();
  const seen = running.events.length;
  const noFault = { kind: 'slow-query' };
  await instruct('PUT', '/chaos/catalog', noFault, { status: 400 });
  const fault = { kind: 'error' };
  await instruct('PUT', '/chaos/catalog', fault, { status: 403, key: 'demo-student-one-shop' });
  expect(await instruct('GET', '/chaos/catalog')).toMatchObject({ fault: null });
  expect(workers()).toEqual(before);
  expect(running.events.slice(seen)).toEqual([]);
});

test('a crash ends one worker and what it had in hand; the other goes on, and a new one comes', async () => {
  const { pid } = status() ?? {};
  const before = workers();
  const seen = running.events.length;
  const states: (string | undefined)[] = [];
  const unsubscribe = running.onEvent(
    ({ kind }) => kind === 'died' && states.push(status()?.state),
  );
  onTestFinished(unsubscribe);
  const steady = browse();
  await steady.more(50);
  await instruct('PUT', '/chaos/catalog', { kind: 'crash' });
  await steady.more(200);
  await running.waitReady();
  await steady.stop();
  // What a primary hands to a worker as it dies is answered by nobody: docs/decisions/0017.
  const unanswered = steady.lost.filter((why) => why === 'UND_ERR_HEADERS_TIMEOUT');
  expect(unanswered.length).toBeLessThanOrEqual(customers);
  expect(steady.lost.length - unanswered.length).toBeLessThanOrEqual(customers);
  const deaths = running.events.slice(seen).filter(({ kind }) => kind === 'died');
  expect(deaths).toEqual([expect.objectContaining({ of: 'monolith', code: 1 })]);
  expect([...states, status()?.state]).toEqual(['starting', 'ready']);
  expect(status()?.pid).toBe(pid);
  expect(workers().filter((one) => before.includes(one))).toHaveLength(1);
  expect(workers()).toHaveLength(2);
});

test('100 checkouts by 20 customers at once: stock, charges and answers agree', async () => {
  const { baseUrl } = running;
  const customer = createCustomer({ baseUrl, patienceMs: 30_000, random: () => 0 });
  onTestFinished(() => customer.close());
  const plans = planCheckouts(100, 5).values();
  const told: Awaited<ReturnType<typeof customer.checkOut>>[] = [];
  const shopper = async () => {
    for (const { key, body } of plans) told.push(await customer.checkOut(key, body));
  };
  await Promise.all(Array.from({ length: 20 }, shopper));
  await settle(running, 30_000);
  expect(told.filter(({ verdict }) => verdict === 'confirmed').length).toBeGreaterThan(50);
  expect(told.filter(({ attempts }) => attempts > 1)).toEqual([]);
  const evidence = await readEvidence(running);
  expect(verify(told, evidence).flatMap(({ offenders }) => offenders)).toEqual([]);
}, 60_000);

test('a rolling deployment replaces both workers and drops nothing', async () => {
  const before = workers();
  const steady = browse();
  await steady.more(100);
  await running.deploy('monolith', { strategy: 'rolling', env: { LOG_LEVEL: 'error' } });
  await steady.more(100);
  await steady.stop();
  expect(steady.lost).toEqual([]);
  expect(workers()).toHaveLength(2);
  expect(workers().filter((pid) => before.includes(pid))).toEqual([]);
}, 60_000);

test('a bad version is refused while the old workers serve, and can be followed by a good one', async () => {
  const releaseFolder = mkdtempSync(join(tmpdir(), 'bad-release-'));
  onTestFinished(() => rmSync(releaseFolder, { recursive: true }));
  writeFileSync(join(releaseFolder, 'server.mjs'), "console.error('half baked');process.exit(2)");
  const before = [...workers()].sort();
  const steady = browse();
  const deployment = running.deploy('monolith', { strategy: 'rolling', releaseFolder });
  await expect(deployment).rejects.toThrow(/monolith cannot be rolled out.*half baked/);
  await steady.more(50);
  expect([...workers()].sort()).toEqual(before);
  await running.deploy('monolith', { strategy: 'rolling' });
  await steady.stop();
  expect(steady.lost).toEqual([]);
}, 60_000);

test('killing the primary leaves no worker, not even one that hangs', async () => {
  await running.waitReady();
  const before = workers();
  await instruct('PUT', '/chaos/catalog', { kind: 'hang', hangMs: 30_000 });
  const hung = [1, 2].map(() => browseOnce().catch(() => 0));
  await new Promise((resolve) => setTimeout(resolve, 200));
  running.kill('monolith');
  await expect.poll(() => allGone(before), { timeout: 5000 }).toBe(true);
  await Promise.all(hung);
  await running.waitReady();
}, 60_000);

test('the death of the harness leaves neither primary nor workers', async () => {
  const target = await freeTarget('monolith-cluster');
  const folder = mkdtempSync(join(tmpdir(), 'harness-'));
  const platform = JSON.stringify(join(import.meta.dirname, 'process-platform.ts'));
  writeFileSync(
    join(folder, 'harness.mts'),
    `import { startTarget } from ${platform};
    const { components } = await startTarget(${JSON.stringify(target)}, { fresh: true });
    console.log(JSON.stringify([components[0].pid, ...components[0].workerPids]));
    setInterval(() => {}, 1e6);`,
  );
  const args = ['--import', 'tsx', join(folder, 'harness.mts')];
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  const harness: ChildProcess = spawn(process.execPath, args, { cwd: repoRoot, stdio: [...stdio] });
  onTestFinished(() => {
    harness.kill('SIGKILL');
    rmSync(folder, { recursive: true });
    deleteTraces(target);
  });
  const line = await new Promise((resolve) => harness.stdout?.once('data', resolve));
  const pids = JSON.parse(String(line)) as number[];
  expect(pids).toHaveLength(3);
  expect(pids.map(processBirth)).not.toContain(undefined);
  harness.kill('SIGKILL');
  await expect.poll(() => allGone(pids), { timeout: 5000 }).toBe(true);
}, 60_000);
