// commands/deploy-local.test.ts: `npm run deploy:local` and `npm start` that end before anything runs.
// That they run, and what Ctrl-C leaves then, is in shared/test/commands.test.ts.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { labFolders, repoRoot } from '../targets/lab-folders.ts';
import { processBirth } from '../targets/process-times.ts';
import { instanceOf } from '../targets/targets.ts';

/** Its highest port is 6324 above: below those that systems give out, and not those of other tests. */
const portBase = 13_500 + (process.pid % 500);
const { artefacts, data } = labFolders(repoRoot);
const folder = join(data, instanceOf('serverless', portBase));
const patience = { timeout: 50_000, interval: 20 };
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In a process group of its own, as in a terminal. */
function lab(...args: string[]) {
  const command = ['loadtests/run.mjs', ...args, '--port-base', String(portBase)];
  const child = spawn(process.execPath, command, {
    ...{ cwd: repoRoot, detached: true },
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  running.push(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, printed }));
  return { pid: child.pid ?? 0, ended };
}

function buildOf(pid: number): number | undefined {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const isBuild = (line: string) => line.includes(` ${pid} `) && line.includes('run.mjs build');
  const found = stdout.split('\n').find(isBuild);
  return found === undefined ? undefined : Number.parseInt(found, 10);
}

test.each([
  ['deploy-local', 'reports-function', 'a terminal’s whole group', (pid: number) => -pid],
  ['deploy-local', 'reports-function', 'it alone', (pid: number) => pid],
  ['start', 'monolith', 'a terminal’s whole group', (pid: number) => -pid],
])('%s: Ctrl-C while %s is built, to %s, is quiet and leaves nothing', async (...row) => {
  const [command, zip, , receiver] = row;
  rmSync(join(artefacts, `${zip}.json`), { force: true });
  const { pid, ended } = lab(command, ...(command === 'start' ? ['--targets', zip] : []));
  let build = 0;
  const find = () => {
    build = buildOf(pid) ?? 0;
    return build;
  };
  await expect.poll(find, patience).toBeGreaterThan(0);
  process.kill(receiver(pid), 'SIGINT');
  expect(await ended).toEqual({ code: 130, printed: '' });
  await expect.poll(() => processBirth(build), patience).toBeUndefined();
});

test('a damaged journal ends it in one sentence', async () => {
  mkdirSync(folder, { recursive: true });
  const journal = join(folder, 'queues.journal');
  writeFileSync(journal, 'null\n');
  const { code, printed } = await lab('deploy-local').ended;
  expect(code).toBe(2);
  expect(printed.trim().split('\n').at(-1)).toMatch(/queues\.journal:1 is damaged: .*\.$/);
  expect(printed).not.toContain('    at ');
}, 180_000);
