// install.test.ts: two terminals that find no packages run npm once; one that was killed is not waited for.
// Run by vitest with an npm that takes as long as it is told: the real one is run by every fresh clone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** Goes on until there is a file named `go`. */
const npm = `
const { appendFileSync, existsSync, mkdirSync, writeFileSync } = require('node:fs');
appendFileSync('log', 'begun ');
const ticker = setInterval(() => {
  if (!existsSync('go')) return;
  clearInterval(ticker);
  mkdirSync('node_modules');
  writeFileSync('node_modules/.package-lock.json', '{"packages":{"a":{"version":"1.0.0"}}}');
  appendFileSync('log', 'ended ');
}, 50);
`;
const terminal = `
const { install, isInstalled } = await import('./loadtests/install.mjs');
process.exit(isInstalled() ? 0 : await install());
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'install-'));
  mkdirSync(join(folder, 'loadtests'));
  mkdirSync(join(folder, '.lab'));
  for (const name of ['install.mjs', 'install-lock.mjs'])
    cpSync(fileURLToPath(new URL(name, import.meta.url)), join(folder, 'loadtests', name));
  writeFileSync(join(folder, 'package-lock.json'), '{"packages":{"a":{"version":"1.0.0"}}}');
  writeFileSync(join(folder, 'npm-cli.js'), npm);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('of two that start at once one installs, and the other waits for it', async () => {
  const codes = await endsOf(terminals(2), { waiting: 1 });
  expect(codes).toEqual([0, 0]);
  expect(log()).toBe('begun ended ');
});

test('an installation that was killed is not waited for, by however many', async () => {
  const dead = spawn(process.execPath, ['-e', '']);
  await once(dead, 'exit');
  writeFileSync(join(folder, '.lab', 'installing'), String(dead.pid));
  const codes = await endsOf(terminals(3), { waiting: 2 });
  expect(codes).toEqual([0, 0, 0]);
  expect(log()).toBe('begun ended ');
});

test('a file that names nobody is not waited for', async () => {
  writeFileSync(join(folder, '.lab', 'installing'), '');
  await sleep(600);
  writeFileSync(join(folder, 'go'), '');
  expect(await endsOf(terminals(1), { waiting: 1 })).toEqual([0]);
  expect(log()).toBe('begun ended ');
});

test('npm that outlived whoever started it is waited for', async () => {
  const alone = spawn(process.execPath, ['npm-cli.js', 'ci'], { cwd: folder, stdio: 'ignore' });
  writeFileSync(join(folder, '.lab', 'installing'), String(alone.pid));
  expect(await endsOf(terminals(1), { waiting: 1 })).toEqual([0]);
  expect(log()).toBe('begun ended ');
});

const log = () => readFileSync(join(folder, 'log'), 'utf8');

function terminals(count: number) {
  const env = { ...process.env, npm_execpath: join(folder, 'npm-cli.js') };
  const flags = ['--input-type=module', '-e', terminal];
  return Array.from({ length: count }, () =>
    spawn(process.execPath, flags, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] }),
  );
}

/** Lets npm end once so many wait for it. */
async function endsOf(all: ReturnType<typeof terminals>, { waiting }: { waiting: number }) {
  let said = 0;
  for (const { stdout } of all)
    stdout.on('data', (text) => {
      if (String(text).includes('Another terminal')) said += 1;
      if (said === waiting) writeFileSync(join(folder, 'go'), '');
    });
  return Promise.all(all.map(async (one) => (await once(one, 'exit'))[0]));
}
