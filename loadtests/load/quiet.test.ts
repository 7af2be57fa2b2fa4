// load/quiet.test.ts: the generator's punctuality, which only a machine with time to spare can show.
// Run by vitest; where others use the processors a test is skipped and says so.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, type TestContext, test } from 'vitest';
import { worstSecondOff } from '../bench/rate-accuracy.ts';
import { startReference } from '../bench/reference-servers.ts';
import { watchCpu } from '../lab/cpu-clock.ts';
import { quantileOf } from '../statistics/quantile.ts';
import { type Row, readRows } from './results.ts';
import { type Attack, startAttack } from './start-attack.ts';
import { testFolder } from './test-folder.ts';

const RATE_RPS = 200;
/** Of the whole machine: with less to share the rate of a second can be off by itself. */
const OTHERS_MAX = 0.1;

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface Quiet {
  /** Skips the test when programs outside it had more than their share since the last call. */
  orSkip(): void;
}

function watchForQuiet({ skip }: TestContext): Quiet {
  const cpu = watchCpu();
  return {
    orSkip() {
      const others = cpu.otherRatio() ?? 0;
      if (others > OTHERS_MAX) skip(`others used ${Math.round(others * 100)} % of the CPU`);
    },
  };
}

async function attackOn(baseUrl: string, change: { durationMs?: number; deadlineMs?: number }) {
  const rowsFile = join(testFolder(), 'rows.jsonl');
  const attack = startAttack({
    baseUrl,
    scenario: 'browse',
    rateRps: RATE_RPS,
    arrivals: 'constant',
    seed: 1,
    keys: { customer: 'key' },
    rowsFile,
    ...change,
  });
  await attack.started;
  return { attack, rows: () => rowsOf(rowsFile, attack) };
}

async function rowsOf(file: string, attack: Attack): Promise<Row[]> {
  await attack.finished;
  const rows: Row[] = [];
  for await (const row of readRows(file)) rows.push(row);
  return rows;
}

/** A real server in a process of its own, to be paused and replaced for real. */
async function serverProcess(port = 0): Promise<{ child: ChildProcess; baseUrl: string }> {
  const file = fileURLToPath(new URL('./small-server.ts', import.meta.url));
  const child = fork(file, [String(port)], { execArgv: ['--import', 'tsx'] });
  children.push(child);
  const [{ baseUrl }] = await once(child, 'message');
  return { child, baseUrl };
}

test('by the server’s own clock each of 5 seconds has 200 requests within 1 %', async (context) => {
  const server = await startReference('arrival-counter', {}, undefined);
  try {
    const quiet = watchForQuiet(context);
    const { attack } = await attackOn(server.url, { durationMs: 5000 });
    const { startedAtMs } = await attack.finished;
    const arrivals = (await (await fetch(`${server.url}/arrivals`)).json()) as number[];
    expect(arrivals).toHaveLength(1000);
    quiet.orSkip();
    expect(Math.abs(worstSecondOff(arrivals, startedAtMs, 5, RATE_RPS))).toBeLessThanOrEqual(0.01);
  } finally {
    await server.stop();
  }
});

test('what a paused server leaves unanswered is hung at the deadline, not 20 ms later', async (context) => {
  const deadlineMs = 500;
  const { child, baseUrl } = await serverProcess();
  const quiet = watchForQuiet(context);
  const { attack, rows } = await attackOn(baseUrl, { deadlineMs });
  await sleep(500);
  child.kill('SIGSTOP');
  await sleep(1500);
  void attack.stop();
  const hung = (await rows()).filter(({ outcome }) => outcome === 'hung').map(({ ms }) => ms);
  expect(hung.length).toBeGreaterThan(0);
  expect(Math.min(...hung)).toBeGreaterThanOrEqual(deadlineMs - 0.1);
  quiet.orSkip();
  expect(quantileOf(hung, 0.95)).toBeLessThan(deadlineMs + 20);
});

test('a second after a redeployment the p99 is not ten times what it was', async (context) => {
  const old = await serverProcess();
  const quiet = watchForQuiet(context);
  const { attack, rows } = await attackOn(old.baseUrl, {});
  const startedAtMs = await attack.started;
  await sleep(3000);
  const leftMs = Date.now() - startedAtMs;
  old.child.kill('SIGTERM');
  await once(old.child, 'exit');
  await serverProcess(Number(new URL(old.baseUrl).port));
  const backMs = Date.now() - startedAtMs;
  await sleep(3000);
  void attack.stop();
  const all = await rows();
  const p99Of = (some: Row[]) =>
    quantileOf(
      some.map(({ ms }) => ms),
      0.99,
    );
  const after = all.filter(({ t }) => t > backMs + 1000);
  expect(after.length).toBeGreaterThan(RATE_RPS);
  expect(after.every(({ status }) => status === 200)).toBe(true);
  quiet.orSkip();
  // The first second is the generator's own warming up.
  const before = all.filter(({ t }) => t > 1000 && t < leftMs - 100);
  expect(p99Of(after) / p99Of(before)).toBeLessThan(10);
});
