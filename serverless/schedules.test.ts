// serverless/schedules.test.ts: when a schedule is awake, across the end of a cloud too.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EnvironmentView } from './lambda/environment.ts';
import type { Emit } from './lambda/events.ts';
import { createSchedules } from './schedules.ts';

const everyMs = 2000;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-schedules-'));
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

/** Schedules over a Lambda that only tells what happens to its environments. */
function open() {
  const listeners = new Set<Emit>();
  const lambda = {
    onEvent: (listener: Emit) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    invokeAsync: vi.fn(),
  };
  const awakeFile = join(folder, 'awake');
  const schedules = createSchedules(lambda, { everyMs, awakeFile });
  const run = vi.fn();
  schedules.add(run);
  const tell = (functionName: string, state: 'ready' | 'ended') => {
    const environment = { id: functionName, functionName, state } as unknown as EnvironmentView;
    for (const listener of listeners) listener({ kind: 'environment', environment });
  };
  const after = (ms: number) => {
    run.mockClear();
    vi.advanceTimersByTime(ms);
    return run.mock.calls.length;
  };
  return { schedules, tell, after, isMarked: () => existsSync(awakeFile) };
}

test('it rests until somebody calls, and once what was called is gone', () => {
  const { tell, after, isMarked } = open();
  expect(after(10 * everyMs)).toBe(0);
  tell('shop-catalog', 'ready');
  expect([after(3 * everyMs), isMarked()]).toEqual([3, true]);
  tell('shop-catalog', 'ended');
  expect([after(3 * everyMs), isMarked()]).toEqual([0, false]);
});

test('a function that only a schedule calls keeps it awake no longer', async () => {
  const { schedules, tell, after } = open();
  await schedules.invokeAsync('shop-orders', '{}');
  tell('shop-orders', 'ready');
  expect(after(3 * everyMs)).toBe(0);
});

test('stopped or killed while awake, it is awake for half a minute after the next start', () => {
  const first = open();
  first.tell('shop-orders', 'ready');
  first.after(everyMs);
  first.schedules.close();
  const second = open();
  expect(second.after(30_000 - 1)).toBe(14);
  expect([second.after(10 * everyMs), second.isMarked()]).toEqual([0, false]);
});

test('stopped while it rests, it rests after the next start', () => {
  const first = open();
  first.tell('shop-orders', 'ready');
  first.after(everyMs);
  first.tell('shop-orders', 'ended');
  first.after(everyMs);
  first.schedules.close();
  expect(open().after(10 * everyMs)).toBe(0);
});
