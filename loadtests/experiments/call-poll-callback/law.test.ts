// call-poll-callback/law.test.ts: the law by hand, and each way with a few real jobs.
// The job server, its callbacks and API Gateway are the real ones.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BlockContext } from '../../lab/experiment.ts';
import { testLab } from '../../lab/test-lab.ts';
import { armOf, gatewayArm, type Plan, SHORT_ENOUGH, TOO_LONG } from './arms.ts';
import { heldByWaiting, pollingAddsMs, requestsByCallback, requestsByPolling } from './law.ts';
import { type Jobs, startJobs } from './rig.ts';

test('ten jobs a second of 0.4 s hold four connections', () => {
  expect(heldByWaiting(10, 400)).toBe(4);
});

test('between 200 and 600 ms a poll every 200 ms comes twice or thrice, each as often', () => {
  // (200, 400] needs two polls, (400, 600] three; with the order itself 3.5.
  expect(requestsByPolling(200, 600, 200)).toBe(3.5);
  expect(pollingAddsMs(200)).toBe(100);
});

test('a receiver that fails one delivery in five is called 1.25 times', () => {
  expect(requestsByCallback(0.2)).toBeCloseTo(2.25, 12);
});

const { lab, close } = testLab();
const block: BlockContext = { index: 0, seed: 3 };
let jobs: Jobs;

beforeAll(async () => {
  jobs = await startJobs(lab);
}, 60_000);
afterAll(close);

async function measured(way: Plan['way'], failing = 0) {
  const plan: Plan = { name: 'tried', way, jobs: 20, failing };
  const [sample] = await armOf(lab, jobs, plan).measure(block);
  // A machine that is busy with other tests may well send late, and says so.
  expect(sample?.doubts.filter((doubt) => !doubt.endsWith('ms late'))).toEqual([]);
  return sample?.metrics ?? {};
}

test('who waits asks once and holds a connection; who polls or is called holds next to none', async () => {
  const wait = await measured('sync');
  const poll = await measured('poll');
  const callback = await measured('callback');
  expect([wait.requestsPerJob, callback.requestsPerJob]).toEqual([1, 2]);
  expect(poll.requestsPerJob).toBeGreaterThanOrEqual(3);
  for (const { connectionsHeld } of [poll, callback])
    expect(connectionsHeld).toBeLessThan((wait.connectionsHeld ?? 0) / 2);
  expect([wait.lost, poll.lost, callback.lost]).toEqual([0, 0, 0]);
}, 30_000);

test('a receiver that fails is told everything in the end, and some of it twice', async () => {
  const { lost, repeats, requestsPerJob } = await measured('callback', 0.6);
  expect(lost).toBe(0);
  expect(repeats).toBeGreaterThan(0);
  expect(requestsPerJob).toBeGreaterThan(2);
}, 60_000);

test('API Gateway gives up on what outlasts its limit, and on nothing else', async () => {
  const samples = await gatewayArm(lab, jobs).measure(block);
  const timedOut = Object.fromEntries(samples.map(({ arm, metrics }) => [arm, metrics.timedOut]));
  expect(timedOut).toEqual({ [SHORT_ENOUGH]: 0, [TOO_LONG]: 1 });
}, 30_000);
