// cold-starts/functions.test.ts: real functions on a service that soon forgets.
// Real processes; nothing here is about how fast something is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testLab } from '../../lab/test-lab.ts';
import { arrivalsArm, loadName, PROVISIONED } from './arms.ts';
import { KEEP_MS } from './law.ts';
import { type Functions, startFunctions } from './rig.ts';

const folder = mkdtempSync(join(tmpdir(), 'cold-starts-'));
const { lab, close } = testLab(folder);
let functions: Functions;

beforeAll(async () => {
  functions = await startFunctions(lab);
}, 60_000);
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

const invoke = (path: string) => functions.invoke(path, performance.now());

test('the first call starts cold, the next is warm, and one after the rest is cold again', async () => {
  const path = await functions.define(0.1);
  const calls = [await invoke(path), await invoke(path)];
  await sleep(3 * KEEP_MS);
  calls.push(await invoke(path));
  expect(calls.map(({ initMs }) => initMs !== undefined)).toEqual([true, false, true]);
  const [cold, warm] = calls;
  expect(cold?.billedMs).toBeGreaterThan(warm?.billedMs ?? Infinity);
  expect(cold?.latencyMs).toBeGreaterThan(warm?.latencyMs ?? Infinity);
}, 30_000);

test('a provisioned place is warm from the first call on, however long it rested', async () => {
  const path = await functions.define(0.1, 1);
  await sleep(3 * KEEP_MS);
  expect((await invoke(path)).initMs).toBeUndefined();
}, 30_000);

test('more code takes longer to start', async () => {
  const small = await invoke(await functions.define(0.1));
  const large = await invoke(await functions.define(5));
  expect(large.initMs).toBeGreaterThan(small.initMs ?? Infinity);
}, 30_000);

test('every group of functions is asked, and some of their calls are cold', async () => {
  const samples = await arrivalsArm(lab, functions, 3000).measure({ index: 0, seed: 5 });
  expect(samples.map(({ arm }) => arm)).toEqual([
    loadName(0.5),
    loadName(1),
    loadName(2),
    `${loadName(1)} again`,
    PROVISIONED,
  ]);
  const trials = samples.reduce((sum, { metrics }) => sum + (metrics['cold:trials'] ?? 0), 0);
  const cold = samples.reduce((sum, { metrics }) => sum + (metrics.cold ?? 0), 0);
  expect(trials).toBeGreaterThan(cold);
  expect(cold).toBeGreaterThan(0);
}, 60_000);
