// lambda/owner-death.test.ts: a real owner is ended in every way; no environment stays.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isGone, patience, processState } from './test-kit.ts';

let folder: string;
let owner: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-lambda-owner-'));
  mkdirSync(join(folder, 'zip'));
});
afterEach(() => {
  owner?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a Lambda in a process of its own. @returns the pid of its one environment */
async function startOwner(handler: string, then: string): Promise<number> {
  writeFileSync(join(folder, 'zip', 'handler.mjs'), handler);
  const script = join(folder, 'owner.mts');
  writeFileSync(
    script,
    `import { startLambda } from ${JSON.stringify(join(import.meta.dirname, 'lambda.ts'))};
    const folder = ${JSON.stringify(folder)};
    const lambda = await startLambda({ port: 0, host: '127.0.0.1', folder });
    lambda.onEvent((event) => {
      if (event.kind === 'environment' && event.environment.state === 'busy')
        setTimeout(() => console.log(event.environment.pid), 100);
    });
    lambda.createFunction({ name: 'f', codeFolder: folder + '/zip', timeoutSeconds: 900 });
    lambda.invoke('f', '{}');
    ${then}`,
  );
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  owner = child;
  const pid = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', resolve);
    child.once('exit', () => reject(new Error('the owner ended before its function ran')));
  });
  return Number(pid);
}

const resting = 'export const handler = async () => 1;';
const waiting = 'export const handler = () => new Promise((done) => setTimeout(done, 1e8));';
const spinning = 'export const handler = () => { for (;;); };';
const ends: [string, string, string, NodeJS.Signals | undefined][] = [
  ['SIGKILL, a frozen environment', resting, '', 'SIGKILL'],
  ['SIGKILL, a busy environment', waiting, '', 'SIGKILL'],
  ['SIGKILL, an environment in an endless loop', spinning, '', 'SIGKILL'],
  ['SIGTERM, a frozen environment', resting, '', 'SIGTERM'],
  ['Ctrl-C, a frozen environment', resting, '', 'SIGINT'],
  ['process.exit, a frozen environment', resting, 'setTimeout(process.exit, 1500);', undefined],
];

test.runIf(process.platform === 'linux').each(ends)(
  '%s: nothing is left',
  async (_, handler, then, signal) => {
    const pid = await startOwner(handler, then);
    if (handler === resting) await expect.poll(() => processState(pid), patience).toBe('T');
    expect(isGone(pid)).toBe(false);
    if (signal !== undefined) owner?.kill(signal);
    await expect.poll(() => isGone(pid), patience).toBe(true);
  },
);
