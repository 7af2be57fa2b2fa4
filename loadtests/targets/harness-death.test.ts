// targets/harness-death.test.ts: a real harness is started and ended in every way; nothing stays.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { repoRoot } from './lab-folders.ts';
import { processBirth } from './process-times.ts';
import { createStubShop, type StubShop } from './stub-shop.ts';

let shop: StubShop;
let harness: ChildProcess | undefined;

beforeEach(async () => {
  shop = await createStubShop();
});
afterEach(() => {
  harness?.kill('SIGKILL');
  shop.remove();
});

/** Starts a harness in a process of its own; `then` runs in it after the target is ready. */
async function startHarness(then: string): Promise<number[]> {
  const platform = JSON.stringify(join(import.meta.dirname, 'process-platform.ts'));
  const script = join(shop.root, 'harness.mts');
  writeFileSync(
    script,
    `import { startTarget } from ${platform};
    const running = await startTarget(${JSON.stringify(shop.target)}, {}, ${JSON.stringify(shop.root)});
    const { url } = running.components[1]!;
    console.log(JSON.stringify(running.components.map((component) => component.pid)));
    ${then}`,
  );
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: repoRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  harness = child;
  const pids = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', resolve);
    child.once('exit', () => reject(new Error('the harness ended before its target was ready')));
  });
  return JSON.parse(String(pids)) as number[];
}

async function untilGone(pids: readonly number[]): Promise<void> {
  const giveUpAt = Date.now() + 2000;
  while (pids.some((pid) => processBirth(pid) !== undefined) && Date.now() < giveUpAt)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

const waitForever = 'setInterval(() => {}, 1e6);';
const ends: [string, string, NodeJS.Signals | undefined][] = [
  ['SIGKILL', waitForever, 'SIGKILL'],
  ['SIGTERM', waitForever, 'SIGTERM'],
  ['Ctrl-C', waitForever, 'SIGINT'],
  ['SIGKILL with a paused child', `running.pause('orders'); ${waitForever}`, 'SIGKILL'],
  ['SIGKILL with a child in an endless loop', `fetch(url + '/spin'); ${waitForever}`, 'SIGKILL'],
  ['an uncaught error', "setTimeout(() => { throw new Error('planned') }, 50);", undefined],
  ['process.exit', 'process.exit(0);', undefined],
];

test.each(ends)('%s of the harness leaves no child and no record', async (_, then, signal) => {
  const pids = await startHarness(then);
  expect(pids).toHaveLength(2);
  if (signal !== undefined) {
    expect(pids.map(processBirth)).not.toContain(undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    harness?.kill(signal);
  }
  await untilGone(pids);
  expect(pids.map(processBirth)).toEqual([undefined, undefined]);
  await expect.poll(() => readdirSync(join(shop.root, '.lab/run'))).toEqual([]);
});

test('a start ends the orphans of a harness and guard that were both killed', async () => {
  const pids = await startHarness(waitForever);
  const guards = spawnSync('pgrep', ['-P', String(harness?.pid), 'sh'], { encoding: 'utf8' });
  expect(guards.error).toBeUndefined();
  for (const guard of guards.stdout.trim().split('\n')) process.kill(Number(guard), 'SIGKILL');
  harness?.kill('SIGKILL');
  await new Promise((resolve) => harness?.once('exit', resolve));
  expect(pids.map(processBirth)).not.toContain(undefined);
  expect(existsSync(join(shop.root, '.lab/run', `${pids[0]}.json`))).toBe(true);
  const nextPids = await startHarness(waitForever);
  expect(pids.map(processBirth)).toEqual([undefined, undefined]);
  expect(nextPids).toHaveLength(2);
});
