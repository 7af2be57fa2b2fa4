// commands/lab/load.test.ts: the load that a person starts by hand, against a server that knows nothing.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readRows } from '../../load/results.ts';
import { type SmallServer, startSmallServer } from '../../load/small-server.ts';
import { repoRoot } from '../../targets/lab-folders.ts';
import { type LabRun, spawnLab } from './spawn-lab.ts';

let failing: SmallServer;
let silent: SmallServer;
let stranger: SmallServer;
const runs: LabRun[] = [];

beforeAll(async () => {
  const notReady = { status: 503, body: { ready: false, dependencies: [] } };
  const isReady = (path: string) => path === '/ready';
  failing = await startSmallServer((path) => (isReady(path) ? notReady : { status: 503 }));
  silent = await startSmallServer((path) => (isReady(path) ? notReady : { instead: 'silence' }));
  stranger = await startSmallServer();
});
afterAll(() => Promise.all([failing, silent, stranger].map((server) => server.close())));
afterEach(() => {
  for (const { child, printed } of runs.splice(0)) {
    child.kill('SIGKILL');
    const file = rowsFileIn(printed.out);
    if (file !== undefined) rmSync(dirname(join(repoRoot, file)), { recursive: true });
  }
});

function load({ baseUrl }: SmallServer, ...args: string[]): LabRun {
  const run = spawnLab(['load', '--url', baseUrl, ...args]);
  runs.push(run);
  return run;
}

function rowsFileIn(text: string): string | undefined {
  return /^rows {2}(.+)$/m.exec(text)?.[1];
}

async function countRows(file: string): Promise<number> {
  let count = 0;
  for await (const _row of readRows(join(repoRoot, file))) count += 1;
  return count;
}

test('every second is a line, the whole a table, and every request a row', async () => {
  const { printed, ended } = load(failing, '--rate', '20', '--duration', '2', '--deadline', '500');
  const code = await ended;
  expect(printed.out.match(/^ +[01] s {2}0 of 20 ok, 20 error$/gm)).toHaveLength(2);
  expect(printed.out).toMatch(/^all +40 +0 +– +– +– +40 error$/m);
  expect(await countRows(rowsFileIn(printed.out) ?? '')).toBe(40);
  // On a busy machine the generator may be late: then it must say so, and exit accordingly.
  expect(code).toBe(printed.out.includes('NOT VALID') ? 3 : 0);
  expect(printed.out).toMatch(/✓ valid|✗ NOT VALID: /);
});

test('no load is sent to what is no shop, nor before its rows can be written', async () => {
  const toStranger = load(stranger, '--rate', '20', '--duration', '1');
  expect(await toStranger.ended).toBe(2);
  expect(toStranger.printed.err).toMatch(/is no shop: it has no \/ready/);
  for (const rows of [repoRoot, join(repoRoot, 'package.json', 'rows.jsonl')]) {
    const { printed, ended } = load(failing, '--duration', '1', '--rows', rows);
    expect(await ended).toBe(2);
    expect(printed.err).toMatch(/^--rows names .* cannot be written: .*\.\n$/);
  }
});

test('a host that the network allows is allowed by the generator too, and rows go where asked', async () => {
  const url = failing.baseUrl.replace('127.0.0.1', 'localhost');
  const args = ['load', '--url', url, '--rate', '20', '--duration', '1', '--rows', '/dev/null'];
  const { printed, ended } = spawnLab(args, { LOAD_HOSTS: 'localhost' });
  expect([0, 3]).toContain(await ended);
  expect(printed.out).toMatch(/^all +20 +0 +– +– +– +20 error$/m);
  expect(printed.out).toMatch(/^rows {2}\/dev\/null$/m);
});

test('Ctrl-C ends it with the summary', async () => {
  const { child, printed, ended } = load(
    failing,
    '--rate',
    '20',
    '--duration',
    '600',
    '--deadline',
    '500',
  );
  await expect.poll(() => printed.out, { timeout: 20_000 }).toMatch(/^ +0 s {2}/m);
  child.kill('SIGINT');
  expect([0, 3]).toContain(await ended);
  expect(printed.out).toMatch(/^all +\d+/m);
});

test('a generator that reached its own bound is not believed', async () => {
  const { printed, ended } = load(
    silent,
    '--rate',
    '5000',
    '--duration',
    '1',
    '--deadline',
    '1000',
  );
  expect(await ended).toBe(3);
  expect(printed.out).toMatch(/✗ NOT VALID: The generator dropped \d+ requests/);
  expect(printed.out).toMatch(/^all .*hung, \d+ dropped$/m);
});
