// load/start-attack.test.ts: the generator as a process: kills, stops, and parents that die.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { metricsOf } from './metrics.ts';
import type { AttackPlan } from './plan.ts';
import { type Row, readRows } from './results.ts';
import { startSmallServer } from './small-server.ts';
import { startAttack } from './start-attack.ts';
import { summaryOf } from './summary.ts';
import { testFolder } from './test-folder.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const fileBeside = (name: string) => new URL(name, import.meta.url).pathname;

async function planFor(baseUrl: string): Promise<AttackPlan> {
  const rowsFile = join(testFolder(), 'rows.jsonl');
  return {
    baseUrl,
    scenario: 'browse',
    rateRps: 200,
    arrivals: 'constant',
    seed: 1,
    keys: { customer: 'key' },
    rowsFile,
  };
}

/** A real server in a process of its own, to be killed for real. */
async function serverProcess(port = 0) {
  const child = fork(fileBeside('./small-server.ts'), [String(port)], {
    execArgv: ['--import', 'tsx'],
  });
  children.push(child);
  const [told] = await once(child, 'message');
  return { child, ...(told as { baseUrl: string; listensSinceMs: number }) };
}

async function rowsOf(file: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of readRows(file)) rows.push(row);
  return rows;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function gone(pid: number | undefined): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      process.kill(pid ?? 0, 0);
    } catch {
      return true;
    }
    await sleep(100);
  }
  return false;
}

test('while its server is dead, exactly the scheduled requests are lost, and none after', async () => {
  const first = await serverProcess();
  const plan = await planFor(first.baseUrl);
  const attack = startAttack(plan);
  const startedAtMs = await attack.started;
  await sleep(1500);
  const killedMs = Date.now() - startedAtMs;
  first.child.kill('SIGKILL');
  await sleep(2000);
  const second = await serverProcess(Number(new URL(first.baseUrl).port));
  const backMs = second.listensSinceMs - startedAtMs;
  await sleep(2000);
  const summary = await attack.stop();

  const rows = await rowsOf(plan.rowsFile);
  const lost = rows.filter((row) => row.status === 0);
  expect(Math.abs(lost.length - ((backMs - killedMs) * 200) / 1000)).toBeLessThan(200);
  expect(summary.outcomes.refused).toBe(lost.length);
  expect(new Set(lost.map((row) => row.reason))).toContain('refused');
  // Every intended time of the dead window has its row, one each 5 ms: the rate never sagged.
  const dead = rows.filter((row) => row.t >= killedMs + 500 && row.t < backMs - 500);
  expect(dead.every((row) => row.outcome === 'refused')).toBe(true);
  expect(dead.length).toBeGreaterThan(((backMs - killedMs - 1000) * 200) / 1000 - 2);
  const after = rows.filter((row) => row.t > backMs + 1000);
  expect(after.length).toBeGreaterThan(0);
  expect(after.every((row) => row.status === 200)).toBe(true);
});

test('a stopped attack answers with the summary of the rows it left behind', async () => {
  const server = await startSmallServer();
  const plan = await planFor(server.baseUrl);
  const attack = startAttack({ ...plan, arrivals: 'poisson' });
  const seconds: number[] = [];
  attack.onSecond(({ second }) => void seconds.push(second));
  await attack.started;
  await sleep(1500);
  const summary = await attack.stop();
  await server.close();
  expect(summary).toEqual(await attack.finished);
  expect(summary.durationMs).toBeLessThan(60_000);
  expect(summary.sent).toBe([...server.arrived.values()].reduce((sum, count) => sum + count, 0));
  const again = await metricsOf(readRows(plan.rowsFile));
  expect(summaryOf(summary, again.totals())).toEqual(summary);
  expect(Math.max(...seconds)).toBeGreaterThanOrEqual(1);
  expect(await gone(attack.pid)).toBe(true);
});

test('SIGTERM ends the generator with all its rows on disk', async () => {
  const server = await startSmallServer();
  const plan = await planFor(server.baseUrl);
  const attack = startAttack(plan);
  await attack.started;
  await sleep(1000);
  process.kill(attack.pid ?? 0, 'SIGTERM');
  const summary = await attack.finished;
  await server.close();
  expect(summary.sent).toBeGreaterThan(50);
  expect(await rowsOf(plan.rowsFile)).toHaveLength(summary.sent);
  expect(await gone(attack.pid)).toBe(true);
});

test('the generator ends when its parent is killed, and leaves its rows', async () => {
  const server = await startSmallServer();
  const plan = await planFor(server.baseUrl);
  const program = `
    const { startAttack } = await import(${JSON.stringify(fileBeside('./start-attack.ts'))});
    const attack = startAttack(${JSON.stringify(plan)});
    await attack.started;
    console.log(attack.pid);
  `;
  const options = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const parent = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(parent);
  const [line] = await once(parent.stdout, 'data');
  await sleep(1000);
  parent.kill('SIGKILL');
  expect(await gone(Number(line))).toBe(true);
  const arrived = [...server.arrived.values()].reduce((sum, count) => sum + count, 0);
  await server.close();
  expect(arrived).toBeGreaterThan(0);
  expect(await rowsOf(plan.rowsFile)).toHaveLength(arrived);
});

test('a generator that dies, or cannot start, is an error and never a hang', async () => {
  const server = await startSmallServer();
  const plan = await planFor(server.baseUrl);
  const killed = startAttack(plan);
  await killed.started;
  process.kill(killed.pid ?? 0, 'SIGKILL');
  await expect(killed.stop()).rejects.toThrow('SIGKILL');
  const nowhere = startAttack({ ...plan, rowsFile: '/nowhere/rows.jsonl', durationMs: 100 });
  await expect(nowhere.finished).rejects.toThrow('ENOENT');
  await server.close();
});
