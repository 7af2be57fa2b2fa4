// runtime/lifecycle.test.ts: how a process starts, refuses to, and stops. Real processes, real signals.
// Run by vitest; each process is a few lines of its own that call runProcess.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'lab-lifecycle-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Bundled once, as a process of the shop is: compiling it for each start would take most time. */
beforeAll(async () => {
  const contents = `
    export { runProcess } from './lifecycle.ts';
    export { BadConfig } from './config.ts';
    export { openDatabase } from './database.ts';
    export { idleCloser } from './close-idle.ts';`;
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['./sqlite.ts', './postgres.ts', './duckdb.ts'],
    outfile: join(folder, 'runtime.mjs'),
  });
});

const imports = `
  import { createServer } from 'node:http';
  import { once } from 'node:events';
  import { BadConfig, idleCloser, openDatabase, runProcess } from './runtime.mjs';
`;

interface Child {
  process: ChildProcess;
  /** Its lines on standard output, as they come. */
  line(): Promise<string>;
  ended: Promise<{ code: number | null; stderr: string }>;
}

/** Runs a module of its own. */
function run(body: string): Child {
  const file = join(folder, `${randomUUID()}.mjs`);
  writeFileSync(file, imports + body);
  const child = spawn(process.execPath, [file], { stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.on('data', (bytes) => {
    stderr += bytes;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, stderr }));
  const line = () => once(child.stdout, 'data').then(([bytes]) => String(bytes).trim());
  return { process: child, line, ended };
}

const refusal = async (start: string) =>
  run(`await runProcess(async () => { ${start} });`).ended.then(({ code, stderr }) => {
    expect(code).toBe(2);
    return stderr;
  });

describe('a start is refused with exit code 2 and one sentence', () => {
  test('for a bad setting', async () => {
    const stderr = await refusal(`throw new BadConfig('PORT is "x": it must be a number.');`);
    expect(stderr).toBe('PORT is "x": it must be a number.\n');
  });

  test('for a database that cannot be used', async () => {
    const stderr = await refusal(`await openDatabase({ url: 'shop.db', migrations: [] });`);
    expect(stderr).toMatch(/^DATABASE_URL must begin with [^\n]+\.\n$/);
  });

  test('for a port that is taken, by its address', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const listen = `await once(createServer().listen(${port}, '127.0.0.1'), 'listening');`;
    expect(await refusal(listen)).toMatch(
      new RegExp(`^127.0.0.1:${port} is taken [^\n]+ PORT.\n$`),
    );
  });

  test('for a host that is not this machine’s', async () => {
    const listen = `await once(createServer().listen(0, '192.0.2.1'), 'listening');`;
    expect(await refusal(listen)).toMatch(/^192\.0\.2\.1 is no address [^\n]+ HOST [^\n]+\.\n$/);
  });
});

test('a start that fails by a bug is told with where it happened', async () => {
  const stderr = await refusal(`throw new TypeError('teapot is undefined');`);
  expect(stderr).toMatch(/^TypeError: teapot is undefined\n\s+at /);
});

/** Answers when it is told to on standard input, and never before. */
const patientServer = `
  await runProcess(async () => {
    let go;
    const server = createServer((request, response) => {
      go = () => response.end('done');
      console.log(request.url);
    });
    const closeIdle = idleCloser(server);
    process.stdin.on('data', () => go());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    console.log(server.address().port);
    return {
      async close() {
        console.log('closing');
        closeIdle();
        server.close();
        await once(server, 'close');
        console.error('closed');
      },
    };
  });
`;

test('a process that gets SIGTERM lets the request under way finish, refuses new ones, and exits 0', async () => {
  const child = run(patientServer);
  const url = `http://127.0.0.1:${await child.line()}`;
  const answer = fetch(`${url}/slow`).then((response) => response.text());
  await child.line();
  // Opened to be quick later, as browsers do: nobody waits for what it never asks.
  await once(connect(Number(new URL(url).port), '127.0.0.1'), 'connect');
  child.process.kill('SIGTERM');
  expect(await child.line()).toBe('closing');
  await expect(fetch(url)).rejects.toThrow();
  child.process.kill('SIGTERM');
  child.process.stdin?.write('go');
  expect(await answer).toBe('done');
  expect(await child.ended).toEqual({ code: 0, stderr: 'closed\n' });
});

test('a process that gets SIGINT and whose last request never ends gives up and exits 1', async () => {
  const child = run(patientServer);
  const url = `http://127.0.0.1:${await child.line()}`;
  const answer = fetch(`${url}/slow`).then((response) => response.text());
  const lost = expect(answer).rejects.toThrow();
  await child.line();
  child.process.kill('SIGINT');
  await lost;
  expect(await child.ended).toEqual({ code: 1, stderr: '' });
});
