// targets/usage.test.ts: CPU and memory against what the process says of itself.
import { expect, test } from 'vitest';
import { parsePs, readUsage, sumUsage } from './usage.ts';

/** CPU time, not wall time: on a busy machine the two are far apart. */
function burnCpuMs(cpuMs: number): void {
  const before = process.cpuUsage();
  while (process.cpuUsage(before).user < cpuMs * 1000);
}

function own() {
  const usage = readUsage([process.pid]).get(process.pid);
  if (usage === undefined) throw new Error('no usage of this very process');
  return usage;
}

test('the CPU time of a busy process grows by what it says it used', () => {
  const before = process.cpuUsage();
  const first = own().cpuMs;
  burnCpuMs(200);
  const grownMs = own().cpuMs - first;
  const { user, system } = process.cpuUsage(before);
  expect(grownMs).toBeGreaterThan(150);
  expect(Math.abs(grownMs - (user + system) / 1000)).toBeLessThan(40);
});

test('memory is what the process says of itself', () => {
  expect(own().rssBytes / process.memoryUsage.rss()).toBeCloseTo(1, 0);
});

test('a process that is gone is missing from the answer', () => {
  expect(readUsage([2 ** 22 + 1]).size).toBe(0);
  expect(readUsage([]).size).toBe(0);
});

test('the columns of ps are read in all their forms', () => {
  const text = '  501  2048   0:01.50\n  502  4096 1:02:03\n  503 1 2-00:00:01\n\n';
  expect([...parsePs(text)]).toEqual([
    [501, { cpuMs: 1500, rssBytes: 2_097_152 }],
    [502, { cpuMs: 3_723_000, rssBytes: 4_194_304 }],
    [503, { cpuMs: 172_801_000, rssBytes: 1024 }],
  ]);
});

test('a target costs the sum of its processes', () => {
  const usages = [
    { cpuMs: 10, rssBytes: 100 },
    { cpuMs: 20, rssBytes: 200 },
  ];
  expect(sumUsage(usages)).toEqual({ cpuMs: 30, rssBytes: 300 });
});
