// test/commands.test.ts: a mistake ends in one sentence and exit code 2, Ctrl-C in 0; nothing stays behind.
// Every command runs as a person's would: a process of its own, through loadtests/run.mjs.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { labFolders } from '../../loadtests/targets/lab-folders.ts';
import { startTarget } from '../../loadtests/targets/process-platform.ts';
import { processBirth } from '../../loadtests/targets/process-times.ts';
import { targetsAt } from '../../loadtests/targets/targets.ts';
import { root } from './source/tree.ts';

/** Below the ports that systems give out by themselves, and not those of a lab at work. */
const portBase = 26_000 + (process.pid % 900);
const { monolith, microservices, serverless } = targetsAt(portBase);
/** Its highest port is 6324 above. */
const cloudBase = portBase - 2000;
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => {
  const { data, logs } = labFolders(root.slice(0, -1));
  for (const folder of [data, logs])
    for (const { instance } of [
      ...[monolith, microservices, serverless],
      { instance: `serverless-${cloudBase}` },
    ])
      rmSync(join(folder, instance), { recursive: true, force: true });
});

/** One run of the lab, with what it has printed so far. */
function lab(args: readonly string[], nodeFlags: readonly string[] = []) {
  const child = spawn(process.execPath, [...nodeFlags, 'loadtests/run.mjs', ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  running.push(child);
  const printed = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.err += text;
  });
  return { child, printed, ended: once(child, 'close') as Promise<[number | null]> };
}

async function mistake(args: readonly string[], nodeFlags?: readonly string[]): Promise<string> {
  const { printed, ended } = lab(args, nodeFlags);
  const [code] = await ended;
  expect(printed.err.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
  return printed.err;
}

async function nobodyListens(): Promise<boolean> {
  const ports = [monolith, microservices, serverless].flatMap(({ components }) =>
    components.map(({ port }) => port),
  );
  const answers = await Promise.allSettled(
    ports.map((port) => fetch(`http://127.0.0.1:${port}/health`)),
  );
  return answers.every(({ status }) => status === 'rejected');
}

async function until(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 50_000;
  while (!(await look())) {
    if (Date.now() > giveUpAt) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const tooOld = "Object.defineProperty(process.versions, 'node', { value: '18.20.0' })";

test('a Node that is too old is told which one to install', async () => {
  const flags = ['--import', `data:text/javascript,${encodeURIComponent(tooOld)}`];
  expect(await mistake(['start'], flags)).toMatch(/^Node 18\.20\.0 is too old: install 20\.19/);
});

test.each([
  [['shout'], 'There is no command "shout": choose one of start'],
  [['start', '--loud'], "Unknown option '--loud'"],
  [['start', '--port-base'], 'port-base'],
  [['start', '--port-base', '80'], '--port-base is "80": give a whole number'],
  [['start', '--coupling', 'loose'], '--coupling is "loose": it must be sync or queue.'],
  [['start', '--targets', 'mainframe'], '--targets names "mainframe": choose from monolith'],
  [['build', 'teapot'], 'There is no component "teapot"'],
  [['build', '--into', 'app'], '--into takes one component'],
  [['diff', 'shipping'], 'There is no feature "shipping": choose from catalog'],
  [['diff', 'orders', 'extra'], 'One feature at a time: "extra" is one word too many.'],
  [['check', '--fast'], "Unknown option '--fast'"],
  [['sdk', '--from', 'gone.json'], 'There is no file gone.json.'],
  [['deploy-local', '--port-base', '60000'], 'give a whole number from 1024 to 59211'],
  [['openapi', '--quiet'], "Unknown option '--quiet'"],
])('%j ends in a sentence', async (args, sentence) => {
  expect(await mistake(args)).toContain(sentence);
});

test('the queue, too, which start may need, can be built by its name', async () => {
  const { ended } = lab(['build', 'queue']);
  expect((await ended)[0]).toBe(0);
});

test.each(['start', 'deploy-local', 'test', 'build', 'diff', 'check', 'sdk', 'openapi'])(
  '%s explains itself',
  async (command) => {
    const { printed, ended } = lab([command, '--help']);
    expect((await ended)[0]).toBe(0);
    expect(printed.out).toContain('npm');
    expect(printed.out).toMatch(/[^\n]\n$/);
  },
);

test('a diff leaves tests out, says so last, and shows them when asked', async () => {
  const [without, all] = [lab(['diff', 'orders']), lab(['diff', 'orders', '--tests'])];
  await Promise.all([without.ended, all.ended]);
  expect(without.printed.out).toContain('+++ b/microservices/orders/controller.ts');
  expect(without.printed.out).not.toContain('+++ b/microservices/orders/controller.test.ts');
  expect(without.printed.out).toMatch(/left out: --tests shows them\.\n$/);
  expect(all.printed.out).toContain('+++ b/microservices/orders/controller.test.ts');
  expect(all.printed.out).not.toContain('left out');
});

test('a taken port is named with its holder, and nothing is started', async () => {
  const { port } = microservices.components[4] as { port: number };
  const holder = createServer().listen(port, '127.0.0.1');
  await once(holder, 'listening');
  const sentence = await mistake(['start', '--port-base', String(portBase)]);
  holder.close();
  expect(sentence).toContain(
    `Port ${port}, which payments needs, is held by process ${process.pid}`,
  );
  expect(await nobodyListens()).toBe(true);
});

test('a corrupt database stops the start with a sentence, and the other shape with it', async () => {
  const folder = join(root, '.lab/data', monolith.instance);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'monolith.db'), 'this is no database '.repeat(1000));
  const sentence = await mistake(['start', '--port-base', String(portBase)]);
  expect(sentence).toMatch(/^monolith cannot start: .*monolith\.db/);
  expect(await nobodyListens()).toBe(true);
});

test.each(['file:/dev/null/shop.db', 'mysql://localhost/shop', 'postgres://127.0.0.1:9/shop'])(
  'DATABASE_URL %s is refused with a sentence that names it',
  async (url) => {
    const start = startTarget(monolith, { env: { DATABASE_URL: url }, readyTimeoutMs: 40_000 });
    await expect(start).rejects.toMatchObject({ name: 'CannotStart' });
    const { message } = (await start.catch((error: Error) => error as Error)) as Error;
    expect(message).toMatch(/^monolith cannot start: /);
    expect(message.split('\n')).toHaveLength(1);
    expect(await nobodyListens()).toBe(true);
  },
);

test('start says what runs and what happens to it; Ctrl-C leaves nothing', async () => {
  const { child, printed, ended } = lab(['start', '--fresh', '--port-base', String(portBase)]);
  await until('the ready screen', () => printed.out.includes('Ctrl-C') || child.exitCode !== null);
  expect(printed.err).toBe('');
  const pids = [...printed.out.matchAll(/pid (\d+)/g)].map(([, pid]) => Number(pid));
  expect(pids).toHaveLength(9);
  const payments = Number(/payments +\S+ +pid (\d+)/.exec(printed.out)?.[1]);

  process.kill(payments, 'SIGKILL');
  await until('the restart', () => /payments is ready again/.test(printed.out));
  expect(printed.out).toContain('payments died (SIGKILL), restarting in 100 ms');

  child.kill('SIGINT');
  expect((await ended)[0]).toBe(0);
  expect(printed.out).toContain('nothing is left running');
  expect(pids.filter((pid) => processBirth(pid) !== undefined)).toEqual([]);
  expect(await nobodyListens()).toBe(true);
});

test('deploy:local prints what works as it stands; Ctrl-C leaves nothing', async () => {
  const { child, printed, ended } = lab(['deploy-local', '--fresh', '--port-base', `${cloudBase}`]);
  await until('the screen', () => printed.out.includes('Ctrl-C') || child.exitCode !== null);
  expect(printed.err).toBe('');
  const [, url = ''] = /invoke URL +(\S+)/.exec(printed.out) ?? [];
  const [, key = ''] = /x-api-key +(\S+)/.exec(printed.out) ?? [];
  expect((await fetch(`${url}/products?limit=1`)).status).toBe(200);
  const headers = { 'x-api-key': key };
  expect((await fetch(`${url}/reports/top-products`, { headers })).status).toBe(200);

  child.kill('SIGINT');
  expect((await ended)[0]).toBe(0);
  expect(printed.out).toContain('nothing is left running');
  await expect(fetch(url)).rejects.toThrow();
});

test('Ctrl-C while it is starting leaves nothing either', async () => {
  const { child, ended } = lab(['start', '--port-base', String(portBase)]);
  await until('a process', async () => !(await nobodyListens()));
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(0);
  expect(await nobodyListens()).toBe(true);
});

test('start ends quietly when nobody reads its words any more, and leaves nothing', async () => {
  const { child, printed, ended } = lab(['start', '--port-base', String(portBase)]);
  await until('the build', () => printed.out.includes('Built'));
  child.stdout.destroy();
  expect((await ended)[0]).toBe(0);
  expect(printed.err).toBe('');
  expect(await nobodyListens()).toBe(true);
});

test('a command that only prints ends quietly too, as a closed pipe ends a program', async () => {
  const { child, printed, ended } = lab(['diff', 'orders']);
  child.stdout.destroy();
  expect((await ended)[0]).toBe(141);
  expect(printed.err).toBe('');
});
