// commands/lab/heal.test.ts: heal ends exactly what a dead lab left, and takes back what is broken.
// With the real monolith: a harness that is killed in mid-fault together with its guard.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { labFolders, repoRoot } from '../../targets/lab-folders.ts';
import { forgetChild, recordChild } from '../../targets/orphans.ts';
import type { RunningTarget } from '../../targets/platform.ts';
import { startTarget } from '../../targets/process-platform.ts';
import { isPaused, processBirth } from '../../targets/process-times.ts';
import { targetsAt } from '../../targets/targets.ts';
import { healText } from './heal.ts';
import { spawnLab } from './spawn-lab.ts';

/** Apart from other tests and from a lab in use. */
const portBase = 27_000 + (process.pid % 900);
const { monolith } = targetsAt(portBase);
// A record of its own: every other start on this machine ends the orphans in the common one.
const ownRun = mkdtempSync(join(tmpdir(), 'lab-run-'));
process.env.LAB_RUN_FOLDER = ownRun;
const { run, data, logs } = labFolders(repoRoot);
const closers: (() => unknown)[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-heal-'));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  for (const where of [data, logs])
    rmSync(join(where, monolith.instance), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

afterAll(() => rmSync(ownRun, { recursive: true, force: true }));

async function heal(): Promise<string> {
  const { printed, ended } = spawnLab(['heal', '--port-base', String(portBase)]);
  expect(await ended).toBe(0);
  expect(printed.err).toBe('');
  return printed.out;
}

/** A harness in a process of its own; @returns it and the pid of its monolith */
async function startHarness(): Promise<{ harness: ChildProcess; pid: number }> {
  const module = JSON.stringify(join(repoRoot, 'loadtests/targets/process-platform.ts'));
  const script = join(folder, 'harness.mts');
  writeFileSync(
    script,
    `import { startTarget } from ${module};
    const running = await startTarget(${JSON.stringify(monolith)});
    console.log(running.components[0].pid);
    setInterval(() => {}, 1e6);`,
  );
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  const harness = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: repoRoot,
    stdio: [...stdio],
  });
  closers.push(() => harness.kill('SIGKILL'));
  const [pid] = await once(harness.stdout as NodeJS.ReadableStream, 'data');
  return { harness, pid: Number(pid) };
}

async function breakPayments(): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${portBase}/chaos/payments`, {
    method: 'PUT',
    headers: { 'x-api-key': 'demo-instructor-one-shop', 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'latency', latencyMs: 50, durationMs: 600_000 }),
  });
  expect(answer.status).toBe(200);
}

/** A recorded child of this very process, which lives: nobody else's to end. */
function startBystander(): number {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  const pid = child.pid as number;
  recordChild(run, pid, 'bystander');
  closers.push(() => {
    child.kill('SIGKILL');
    forgetChild(run, pid);
  });
  return pid;
}

async function startMonolith(): Promise<RunningTarget> {
  const running = await startTarget(monolith);
  closers.push(() => running.stop());
  return running;
}

test('after a harness died in mid-fault with its guard, heal ends its child and nothing else', async () => {
  const bystander = startBystander();
  const { harness, pid } = await startHarness();
  await breakPayments();
  const guards = spawnSync('pgrep', ['-P', String(harness.pid), '-x', 'sh'], { encoding: 'utf8' });
  const guardPids = guards.stdout.trim().split('\n').map(Number);
  expect(guardPids).toHaveLength(1);
  for (const guard of guardPids) process.kill(guard, 'SIGKILL');
  harness.kill('SIGKILL');
  await once(harness, 'exit');
  expect(processBirth(pid)).toBeDefined();

  const said = await heal();
  const ended = [...said.matchAll(/✓ ended (\w+) \(pid (\d+)\)/g)];
  expect(ended.map(([, name, number]) => [name, Number(number)])).toEqual([['monolith', pid]]);
  await expect.poll(() => processBirth(pid)).toBeUndefined();
  expect(processBirth(bystander)).toBeDefined();

  const again = await heal();
  expect(again).toContain('nothing to heal');
  expect(again).toContain('no shape runs on these ports');
});

test('faults of a shop that runs are taken back, once', async () => {
  const running = await startMonolith();
  await breakPayments();
  expect(await heal()).toContain('✓ took back payments: latency');
  expect(await heal()).toContain('· nothing to heal');
  expect(running.components[0]?.state).toBe('ready');
  expect(running.components[0]?.restarts).toBe(0);
});

test('a child that its harness paused goes on, and then is asked for its faults', async () => {
  const running = await startMonolith();
  await breakPayments();
  const pid = running.components[0]?.pid as number;
  running.pause('monolith');
  await expect.poll(() => isPaused(pid)).toBe(true);
  const said = await heal();
  expect(said).toContain(`✓ let monolith (pid ${pid}) go on: it was paused`);
  expect(said).toContain('✓ took back payments: latency');
  expect(isPaused(pid)).toBe(false);
});

test('a stranger on one of the ports is asked once and told nothing', async () => {
  const asked: string[] = [];
  const stranger = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('{"components":"none of your business"}');
  }).listen(portBase, '127.0.0.1');
  await once(stranger, 'listening');
  closers.push(() => stranger.close());
  expect(await heal()).toContain('no shape runs on these ports');
  expect(asked).toEqual(['GET /chaos']);
});

test('a component that could not be asked is named with what to do', () => {
  const trouble = 'orders (17003) did not answer within 1.5 s: hung or busy; ask again in a while.';
  const text = healText([], [], [trouble]);
  expect(text.replaceAll('\n  ', ' ')).toContain(`~ ${trouble}`);
});
