// load-tools/tools.test.ts: the stub as it is measured, in a process of its own: true, and held at times.
// Run by vitest; a stall is looked for by its least length, so a busy machine cannot hide it.
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startReference } from '../../bench/reference-servers.ts';
import { runClosedLoop } from '../../load/closed-loop.ts';
import { startAttack } from '../../load/start-attack.ts';
import { testFolder } from '../../load/test-folder.ts';
import { closedLoop } from './tools.ts';

const loop = { run: runClosedLoop, close: async () => {} };

async function stubWith(stall: { serviceMs: number; stallMs: number; everyMs: number }) {
  const env = {
    SERVICE_MS: String(stall.serviceMs),
    STALL_MS: String(stall.stallMs),
    STALL_EVERY_MS: String(stall.everyMs),
  };
  const { url, stop } = await startReference('stalling-stub', env, undefined);
  onTestFinished(stop);
  return url;
}

test('one connection meets the stall and waits with the server', async () => {
  const stall = { serviceMs: 1, stallMs: 300, everyMs: 500 };
  const url = await stubWith(stall);
  const asked = { name: 'closed 1', url, seconds: 2, seed: 1, stall };
  const { metrics, doubts } = await closedLoop(loop, 1)(asked);
  expect(doubts).toEqual([]);
  // Of four stalls: half of one is left even where the asker itself was late to ask.
  expect(metrics.latencyMsP999).toBeGreaterThan(150);
  expect(metrics.seenRatio).toBeGreaterThan(0);
});

test('the stub answers the whole scenario truthfully, so that no answer is thrown out', async () => {
  const baseUrl = await stubWith({ serviceMs: 1, stallMs: 0, everyMs: 0 });
  const rowsFile = join(testFolder(), 'rows.jsonl');
  const { outcomes } = await startAttack({
    baseUrl,
    scenario: 'browse',
    rateRps: 200,
    arrivals: 'poisson',
    durationMs: 1000,
    deadlineMs: 10_000,
    sloMs: 10_000,
    seed: 1,
    keys: { customer: 'key' },
    rowsFile,
  }).finished;
  const { ok, ...others } = outcomes;
  expect(ok).toBeGreaterThan(100);
  expect(Object.values(others).every((count) => count === 0)).toBe(true);
});
