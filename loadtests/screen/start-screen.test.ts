// screen/start-screen.test.ts: what the start screen and its live lines say, and how wide they are.
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { LifeFact } from '../targets/life.ts';
import type { ComponentStatus, RunningTarget } from '../targets/platform.ts';
import { baseUrl, type Target, targetsAt, urlOf } from '../targets/targets.ts';
import { createEventTeller } from './event-text.ts';
import { startScreen } from './start-screen.ts';
import { statusLines } from './status.ts';

const MB = 1e6;

function statusesOf(target: Target, change: Partial<ComponentStatus> = {}): ComponentStatus[] {
  return target.components.map((component, index) => ({
    name: component.name,
    port: component.port,
    url: urlOf(component),
    pid: 31_000 + index,
    cpuMs: 0,
    rssBytes: 70 * MB,
    restarts: 0,
    state: 'ready',
    ...change,
  }));
}

function screenAt(portBase: number) {
  const shapes = Object.values<Target>(targetsAt(portBase)).map(
    (target) =>
      ({
        target,
        baseUrl: baseUrl(target),
        components: statusesOf(target),
      }) as unknown as RunningTarget,
  );
  return startScreen({
    shapes,
    readyMs: 3456,
    rssBytes: 700 * MB,
    pssBytes: 350 * MB,
    instructorKey: 'demo-instructor-one-shop',
    customerKey: 'demo-student-one-shop',
    demoKeys: true,
    consoleUrl: `http://127.0.0.1:${portBase + 5080}`,
    logFolder: '.lab/logs',
  });
}

test.each([3000, 59_000])('with ports from %i on no line is wider than 80 columns', (portBase) => {
  const widest = Math.max(
    ...stripVTControlCharacters(screenAt(portBase))
      .split('\n')
      .map((line) => line.length),
  );
  expect(widest).toBeLessThanOrEqual(80);
});

test('the screen says where everything is, how to try it, break it and stop it', () => {
  const screen = screenAt(3000);
  for (const text of ['ready in 3.5 s', ':3000', ':4006', 'pid 31006', '/docs', 'Ctrl-C'])
    expect(screen).toContain(text);
  expect(screen).toContain('for shop in http://127.0.0.1:3000 \\\n');
  expect(screen).toContain(
    'http://127.0.0.1:5000/restapis/oneshopapi/prod/_user_request_/topology',
  );
  expect(screen).toContain('No function runs yet');
});

test('the screen names the log folder of every shape as it is on the disk', () => {
  expect(screenAt(3000)).toContain('.lab/logs/microservices/<component>.log');
  for (const folder of ['monolith-51000', 'microservices-51000'])
    expect(screenAt(51_000)).toContain(`.lab/logs/${folder}/<component>.log`);
});

test('the screen says that a crash waits for the next call of payments', () => {
  expect(screenAt(3000)).toContain('dies at the NEXT call');
});

test('the live lines count who is up and name who is not', () => {
  const { monolith, microservices } = targetsAt();
  const [payments, ...others] = statusesOf(microservices).reverse() as [ComponentStatus];
  const lines = statusLines(
    [
      { name: 'monolith', components: statusesOf(monolith), cpuPercent: 0.4 },
      {
        name: 'microservices',
        components: [{ ...payments, state: 'waiting', rssBytes: 0 }, ...others],
        cpuPercent: 12.6,
      },
    ],
    65_000,
    'reports died (SIGKILL), restarting in 100 ms',
  );
  expect(lines).toEqual([
    'monolith        1 of 1 up    70 MB    0 % CPU',
    'microservices   6 of 7 up   420 MB   13 % CPU   reports restarting',
    'up 1:05   reports died (SIGKILL), restarting in 100 ms',
  ]);
});

test('the live line of a cloud counts the processes of its functions', () => {
  const { serverless } = targetsAt();
  const components = statusesOf(serverless, { runsFunctions: true, workerPids: [7, 8] });
  const [line] = statusLines([{ name: 'serverless', components, cpuPercent: 0 }], 1000, '');
  expect(line).toBe('serverless   1 of 1 up   70 MB   0 % CPU   functions ×2');
});

test('what happens to a function is said without a restart: there is none', () => {
  const { tell } = createEventTeller();
  const say = (fact: LifeFact) =>
    tell({ name: 'shop-payments', of: 'cloud', isFunction: true, atMs: 0, ...fact });
  expect(say({ kind: 'started', pid: 7 })).toBeUndefined();
  expect(say({ kind: 'ready', afterMs: 210 })).toBe('shop-payments has a new process after 0.2 s');
  expect(say({ kind: 'died', code: 129, signal: null })).toBe(
    'shop-payments lost a process (exit code 129)',
  );
});

test('a death and the restart after it are one sentence; a first start is none', () => {
  const { tell } = createEventTeller();
  const say = (fact: LifeFact) => tell({ name: 'payments', atMs: 0, ...fact });
  expect(say({ kind: 'started', pid: 7 })).toBeUndefined();
  expect(say({ kind: 'died', code: null, signal: 'SIGKILL' })).toBeUndefined();
  expect(say({ kind: 'restarting', delayMs: 200 })).toBe(
    'payments died (SIGKILL), restarting in 200 ms',
  );
  expect(say({ kind: 'died', code: 1, signal: null })).toBeUndefined();
  expect(say({ kind: 'restarting', delayMs: 400 })).toContain('(exit code 1)');
  expect(say({ kind: 'started', pid: 8 })).toBeUndefined();
  expect(say({ kind: 'ready', afterMs: 432 })).toBe(
    'payments is ready again after 0.4 s, now pid 8',
  );
});
