// bench/machine-time.test.ts: other people's CPU time, worked out by hand.
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { busyFrom, otherShare, readMachineTime, readMachineTimeAfter } from './machine-time.ts';

test('busy is everything but idle and iowait, in ms', () => {
  expect(busyFrom('cpu  10 1 5 900 50 2 3 4 0 0\ncpu0 1 1 1 1')).toBe(250);
});

test('others are the busy time that no process of ours explains', () => {
  const from = { busyMs: 1000, livingMs: 100, endedMs: 50, atMs: 0 };
  const to = { busyMs: 2500, livingMs: 900, endedMs: 250, atMs: 1000 };
  // 1,500 ms busy, 1,000 ms of them ours, in 1 s on 2 cores.
  expect(otherShare(from, to, 2)).toBe(0.25);
  expect(otherShare(from, { ...to, endedMs: 650 }, 2)).toBe(0.05);
  expect(otherShare(from, { ...to, endedMs: 900 }, 2)).toBe(0);
});

test('where the machine does not tell, nothing is claimed', () => {
  const silent = { busyMs: undefined, livingMs: 0, endedMs: 0, atMs: 0 };
  expect(otherShare(silent, silent)).toBeUndefined();
});

test.runIf(process.platform === 'linux')('a child that has ended is ours', async () => {
  const from = readMachineTime([]);
  const spin = 'const end = Date.now() + 300; while (Date.now() < end);';
  spawnSync(process.execPath, ['-e', spin]);
  const to = await readMachineTimeAfter([], from, 0);
  expect(to.endedMs - from.endedMs).toBeGreaterThanOrEqual(50);
});
