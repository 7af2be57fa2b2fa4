// test/placements.test.ts: reports in a thread and in a process: the same answers, nothing left behind.
// Runs real processes, from the zip and from source.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { processBirth } from '../../loadtests/targets/process-times.ts';
import { revenueReport } from '../contract/reports.ts';
import { DEMO_CUSTOMER_KEY } from '../runtime/config.ts';
import { ask, refusal, send } from './asking.ts';
import { freePort } from './free-ports.ts';
import { reportsContract } from './reports.contract.ts';
import { type Shape, shapesAt } from './shapes.ts';
import { root } from './source/tree.ts';
import { eventually } from './subject.ts';

const query = { by: 'day' } as const;

for (const placement of ['worker', 'process'] as const) {
  const { monolith } = await shapesAt(29_500, { REPORTS_PLACEMENT: placement });
  describe(`reports in a ${placement}`, () => {
    beforeAll(() => monolith.start());
    afterAll(() => monolith.stop());
    reportsContract(monolith);
    if (placement === 'process') crashes(monolith);
  });

  test(`from source, reports in a ${placement} answer, and leave nobody behind`, async () => {
    const { server, url } = await fromSource(placement);
    const headers = { 'x-api-key': DEMO_CUSTOMER_KEY };
    const answer = await fetch(`${url}/reports/revenue?by=day`, { headers });
    expect(answer.status).toBe(200);
    const readers = readersOf(server.pid);
    expect(readers).toHaveLength(placement === 'process' ? 1 : 0);
    server.kill('SIGTERM');
    expect(await once(server, 'exit')).toEqual([0, null]);
    await eventually(async () => expect(readers.filter(processBirth)).toEqual([]));
  }, 120_000);
}

test('a placement that is none stops the start', async () => {
  const server = start({ REPORTS_PLACEMENT: 'moon' });
  expect(await once(server, 'exit')).toEqual([2, null]);
}, 120_000);

function crashes(shape: Shape): void {
  test('a reader that dies fails what it had in hand, and another one takes its place', async () => {
    const reader = readerOf(shape);
    process.kill(reader, 'SIGSTOP');
    const underWay = refusal(shape, revenueReport, { query });
    // The question is on its way to a process that cannot answer it, while the shop answers others.
    for (let asked = 0; asked < 20; asked += 1) await fetch(`${shape.baseUrl}/ready`);
    process.kill(reader, 'SIGKILL');
    expect(await underWay).toMatchObject({ status: 503, code: 'DEPENDENCY_UNAVAILABLE' });
    await eventually(async () => {
      expect((await send(shape, revenueReport, { query })).status).toBe(200);
    });
    expect(readerOf(shape)).not.toBe(reader);
  }, 60_000);

  test('a shop that is killed takes its reader along', async () => {
    const reader = readerOf(shape);
    shape.target.kill('monolith');
    await eventually(async () => expect(processBirth(reader)).toBeUndefined());
    await eventually(async () =>
      expect((await ask(shape, revenueReport, { query })).rows).toBeDefined(),
    );
    expect(readerOf(shape)).not.toBe(reader);
  }, 60_000);
}

function readerOf({ target }: Shape): number {
  const [reader] = readersOf(target.components[0]?.pid);
  if (reader === undefined) throw new Error('The monolith has no reader.');
  return reader;
}

/** By the name of its program: from source, a compiler may be another child. */
function readersOf(pid: number | undefined): number[] {
  const flags = ['-P', String(pid), '-f', 'reader[.](ts|mjs)'];
  const found = spawnSync('pgrep', flags, { encoding: 'utf8' });
  return found.stdout.split('\n').filter(Boolean).map(Number);
}

async function fromSource(placement: string) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'lab-placement-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const server = start({
    REPORTS_PLACEMENT: placement,
    PORT: String(port),
    DATABASE_URL: `file:${join(folder, 'shop.db')}`,
    LOG_LEVEL: 'error',
  });
  const url = `http://127.0.0.1:${port}`;
  while ((await fetch(`${url}/ready`).catch(() => undefined))?.status !== 200) {
    if (server.exitCode !== null) throw new Error('The shop did not start.');
    await sleep(50);
  }
  return { server, url };
}

function start(env: Record<string, string>): ChildProcess {
  const server = spawn(process.execPath, ['--import', 'tsx', 'monolith/server.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  onTestFinished(() => void server.kill('SIGKILL'));
  return server;
}
