// lambda/async-delays.test.ts: AWS's own waits between attempts, on a clock that the test moves.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { type AsyncInvoke, awsDelays, createAsyncInvoke } from './async-invoke.ts';
import { createConcurrency } from './concurrency.ts';
import { TooManyRequests } from './errors.ts';
import type { FailureRecord } from './failure-record.ts';
import { createFunctions } from './functions.ts';
import type { InvocationResult } from './invocation.ts';
import type { Invoke } from './invoke.ts';

let folder: string;
let records: FailureRecord[];
/** When each attempt was made, in seconds after the first. */
let attempts: number[];
let queue: AsyncInvoke;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  folder = mkdtempSync(join(tmpdir(), 'lab-lambda-delays-'));
  mkdirSync(join(folder, 'zip'));
  writeFileSync(join(folder, 'zip', 'handler.mjs'), '');
});
afterEach(() => {
  queue.close();
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

/** Accepts one event of a function whose attempts all end as `outcome` says. */
function accept(outcome: () => InvocationResult): void {
  records = [];
  attempts = [];
  const functions = createFunctions(join(folder, 'code'), Date.now);
  const onFailure = (record: FailureRecord) => void records.push(record);
  functions.create({ name: 'f', codeFolder: join(folder, 'zip'), onFailure });
  const invoke: Invoke = async () => {
    attempts.push(Date.now() / 1000);
    return outcome();
  };
  queue = createAsyncInvoke({
    invoke,
    functions,
    concurrency: createConcurrency(1),
    emit: () => {},
    now: Date.now,
    delays: awsDelays,
  });
  queue.accept('f', Buffer.from('{}'));
}

const failed: InvocationResult = {
  requestId: 'r',
  executedVersion: '$LATEST',
  payload: Buffer.from('{"errorType":"Error"}'),
  functionError: 'Unhandled',
  logTail: '',
  report: {
    requestId: 'r',
    durationMs: 1,
    billedMs: 1,
    memorySizeMb: 128,
    maxMemoryUsedMb: 64,
    status: 'failure',
  },
  isColdStart: false,
};

test('function errors: a minute after the first attempt, two after the second', async () => {
  accept(() => failed);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(attempts).toEqual([0, 60, 180]);
  expect(records[0]?.requestContext.condition).toBe('RetriesExhausted');
});

test('what nobody foresaw is told and counts as a failed attempt; it ends nothing', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => told.mockRestore());
  accept(() => {
    throw new TypeError('a planted fault');
  });
  await vi.advanceTimersByTimeAsync(600_000);
  expect(attempts).toEqual([0, 60, 180]);
  expect(told).toHaveBeenCalledTimes(3);
  expect(records).toHaveLength(1);
  expect(records[0]?.requestContext).toMatchObject({
    condition: 'RetriesExhausted',
    approximateInvokeCount: 3,
  });
  expect(records[0]).not.toHaveProperty('responseContext');
  expect(queue.size()).toBe(0);
});

test('throttles: from a second, doubling, to five minutes, for six hours', async () => {
  accept(() => {
    throw new TooManyRequests('ConcurrentInvocationLimitExceeded');
  });
  await vi.advanceTimersByTimeAsync(6 * 3_600_000);
  const waits = attempts.slice(1).map((at, index) => at - (attempts[index] ?? 0));
  expect(waits.slice(0, 10)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
  expect(waits.slice(10).every((wait) => wait === 300)).toBe(true);
  expect(records).toEqual([]);
  await vi.advanceTimersByTimeAsync(300_000);
  expect(records[0]?.requestContext).toMatchObject({
    condition: 'EventAgeExceeded',
    approximateInvokeCount: 0,
  });
  expect(queue.size()).toBe(0);
});
