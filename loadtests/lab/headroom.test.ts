// lab/headroom.test.ts: how busy the servers' core is, on a process that really spins, and what is said then.
import { type ChildProcess, spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { busyRatioOf, doubtAbout } from './headroom.ts';
import { testLab } from './test-lab.ts';

const node = (script: string) => spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
let spinner: ChildProcess;
let sleeper: ChildProcess;
// Not before the tests run: who only lists them would leave a spinning process behind.
beforeAll(() => {
  spinner = node('for (;;);');
  sleeper = node('setInterval(() => {}, 1e6)');
});
afterAll(() => [spinner, sleeper].map((child) => child.kill('SIGKILL')));

type Lab = Parameters<typeof busyRatioOf>[0];
type Running = Parameters<typeof busyRatioOf>[1];

const lab = { ...testLab().lab, platform: { name: 'process' } } as unknown as Lab;
const pinned: Lab = { ...lab, pinning: { ...lab.pinning, serverCore: 0 } };
const runningAs = ({ pid }: { pid?: number | undefined }) =>
  ({ target: { name: 'monolith' }, components: [{ pid }], databases: [] }) as unknown as Running;

describe('how busy the core is', () => {
  test('what spins uses many times what sleeps', { timeout: 20_000 }, async () => {
    const busy = (await busyRatioOf(pinned, runningAs(spinner))) ?? 0;
    const idle = (await busyRatioOf(pinned, runningAs(sleeper))) ?? 1;
    expect(busy).toBeGreaterThan(10 * idle);
    expect(busy).toBeLessThan(1.2);
  });

  test('is not known where nothing is pinned', async () => {
    expect(await busyRatioOf(lab, runningAs(spinner))).toBeUndefined();
  });

  test('is that of the whole core in containers, whose processes cannot be read', async () => {
    const compose = { ...pinned, platform: { name: 'compose' } } as unknown as Lab;
    const busy = async (serverCore: number) =>
      busyRatioOf({ ...compose, pinning: { ...lab.pinning, serverCore } }, runningAs({}));
    const all = await Promise.all(cpus().map((_, core) => busy(core)));
    // The spinner is on one of them, or moves between them.
    expect(all.reduce<number>((sum, ratio) => sum + (ratio ?? 0), 0)).toBeGreaterThan(0.5);
    expect(await busy(999)).toBeUndefined();
  });
});

describe('what is said', () => {
  test('nothing where there is room, or nothing is known', () => {
    expect(doubtAbout(0.75, 100, true)).toEqual([]);
    expect(doubtAbout(undefined, 100, true)).toEqual([]);
  });

  test('a rate that would keep half of the core free', () => {
    expect(doubtAbout(0.95, 100, false)).toEqual([
      "The servers' core was 95 % busy under the load alone: what comes back has no room. Try --rate 50.",
    ]);
    expect(doubtAbout(1, 10, false).join()).toContain('--rate 10.');
  });

  test('to begin again with that rate, where nobody has asked for this one', () => {
    expect(() => doubtAbout(0.95, 100, true)).toThrow('beginning again with 50 requests a second.');
    expect(() => doubtAbout(1, 60, true)).toThrow('beginning again with 40 requests a second.');
  });

  test('that there is none, at the least rate that still shows what a fault took', () => {
    expect(doubtAbout(1, 40, true).join()).toContain('Try --rate 20.');
  });
});
