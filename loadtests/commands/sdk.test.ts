// commands/sdk.test.ts: `npm run sdk` as a person calls it: what it prints, refuses and leaves behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { committedPath } from '../openapi/contract-document.ts';
import { repoRoot } from '../targets/lab-folders.ts';

const root = mkdtempSync(join(tmpdir(), 'sdk-command-'));
const out = join(root, 'sdk');
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(out, { recursive: true, force: true });
});
afterAll(() => rmSync(root, { recursive: true }));

function sdk(...args: string[]) {
  const child = spawn(process.execPath, ['loadtests/run.mjs', 'sdk', ...args], {
    cwd: repoRoot,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  running.push(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, printed }));
  return { child, ended };
}

test('it says what it made of what, how large, and what to do with it', async () => {
  const { code, printed } = await sdk('--from', committedPath, '--out', out).ended;
  expect(code).toBe(0);
  expect(printed).toContain('Generated a client of "The shop: ');
  expect(printed).toMatch(/shop-sdk\.mjs +\d,\d{3} +\d,\d{3}/);
  expect(printed).toContain('shop-sdk.global.js"></script>');
  expect(readdirSync(out)).toContain('index.d.ts');
  expect(readdirSync(root)).toEqual(['sdk']);
});

test.each([
  ['nothing to generate from', [], '--from is missing'],
  ['a document that is not there', ['--from', 'gone.json'], 'There is no file gone.json.'],
  ['a folder of somebody else’s', ['--from', committedPath, '--out', 'docs'], 'name another.'],
])('%s ends in one sentence', async (_, args, sentence) => {
  const { code, printed } = await sdk(...args).ended;
  expect([code, printed.trim().split('\n').length]).toEqual([2, 1]);
  expect(printed).toContain(sentence);
});

test('Ctrl-C while it waits for the document leaves nothing', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const { child, ended } = sdk('--from', `http://127.0.0.1:${port}`, '--out', out);
  await once(silent, 'request');
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  silent.closeAllConnections();
  silent.close();
  expect(existsSync(out)).toBe(false);
  expect(readdirSync(root)).toEqual([]);
});

test('Ctrl-C at any moment leaves the SDK whole or none', async () => {
  const beganMs = performance.now();
  await sdk('--from', committedPath, '--out', out).ended;
  const wholeMs = performance.now() - beganMs;
  for (const share of [0.3, 0.6, 0.8, 0.9, 0.95, 1]) {
    rmSync(out, { recursive: true, force: true });
    const { child, ended } = sdk('--from', committedPath, '--out', out);
    const timer = setTimeout(() => child.kill('SIGINT'), share * wholeMs);
    await ended;
    clearTimeout(timer);
    expect(readdirSync(root).filter((name) => name !== 'sdk')).toEqual([]);
    if (existsSync(out)) expect(readdirSync(out)).toHaveLength(7);
  }
}, 180_000);
