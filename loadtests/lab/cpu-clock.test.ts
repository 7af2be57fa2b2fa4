// lab/cpu-clock.test.ts: CPU time is that of a process and all below it, wherever it was burnt.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { cpuMsOf } from './cpu-clock.ts';

const watchers: ChildProcess[] = [];
afterEach(() => {
  for (const { pid = 0 } of watchers.splice(0)) process.kill(-pid, 'SIGKILL');
});

/** Burns 300 ms of CPU in a child of a child, says so, and waits. */
const script = `
const { spawn } = require('node:child_process');
spawn(process.execPath, ['-e', 'const end = process.cpuUsage().user + 3e5;' +
  'while (process.cpuUsage().user < end); console.log("burnt"); setTimeout(() => {}, 60000)'],
  { stdio: ['ignore', 'inherit', 'inherit'] });
setTimeout(() => {}, 60000);`;

test('what a grandchild burns is its grandparent’s', async () => {
  const child = spawn(process.execPath, ['-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  try {
    await once(child.stdout, 'data');
    const burntMs = cpuMsOf([child.pid ?? 0]);
    expect(burntMs).toBeGreaterThan(250);
    expect(burntMs).toBeLessThan(5000);
  } finally {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
  }
});

test('a process that is gone has used nothing that can be seen', () => {
  expect(cpuMsOf([2 ** 22 + 1])).toBe(0);
});

/** Told to watch, or to let a child burn; else it tells what its watch has seen. */
const watcher = `
const { spawn } = await import('node:child_process');
const { watchCpu } = await import(${JSON.stringify(new URL('./cpu-clock.ts', import.meta.url).href)});
let watch;
process.on('message', ({ does, script }) => {
  if (does === 'tell') return process.send(watch.otherRatio());
  if (does === 'watch') {
    watch = watchCpu();
    return process.send('watching');
  }
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.once('data', () => process.send('burnt'));
  child.once('exit', () => process.send('ended'));
});
process.send('there');`;

async function startWatcher(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', watcher], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  watchers.push(child);
  await once(child, 'message');
  return child;
}

async function asked(
  child: ChildProcess,
  what: { does: string; script?: string },
): Promise<unknown> {
  child.send(what);
  const [answer] = await once(child, 'message');
  return answer;
}

const BURN_MS = 600;
const burning = `const end = process.cpuUsage().user + ${BURN_MS}e3;
while (process.cpuUsage().user < end);`;

test.runIf(process.platform === 'linux').each([
  ['still lives', `${burning}console.log('burnt'); setTimeout(() => {}, 60000);`],
  ['has ended', burning],
])('a child that %s is its parent’s own, and somebody else’s to a stranger', async (_, script) => {
  const parent = await startWatcher();
  const both = [parent, await startWatcher()];
  const fromMs = performance.now();
  // Only now: what a watcher needs to start is not its own to the other.
  for (const child of both) await asked(child, { does: 'watch' });
  await asked(parent, { does: 'burn', script });
  const ratios = await Promise.all(both.map((child) => asked(child, { does: 'tell' })));
  const [own = 0, others = 0] = ratios.map(Number);
  const machineMs = (performance.now() - fromMs) * availableParallelism();
  // Whatever else this machine does, both of them see.
  expect((others - own) * machineMs).toBeGreaterThan(BURN_MS / 3);
});
