// lab/trial.test.ts: when a process died and came back, and what a trial does with a broken target.
// Run by `npm test`. The target is made by hand, its fault switch answers over real HTTP.
import { afterEach, expect, test } from 'vitest';
import { type SmallServer, startSmallServer } from '../load/small-server.ts';
import { type LifeEvent, type LifeFact, nowMs, type ProcessState } from '../targets/life.ts';
import type { RunningTarget } from '../targets/platform.ts';
import type { Lab } from './experiment.ts';
import { livesOf, runTrial } from './trial.ts';

const event = (atMs: number, name: string, fact: LifeFact): LifeEvent => ({ atMs, name, ...fact });
const died = { kind: 'died', code: 1, signal: null } as const;
const ready = { kind: 'ready', afterMs: 300 } as const;

test('a process is back when it is ready after its death, not before it', () => {
  const events = [event(900, 'payments', ready), event(1000, 'payments', died)];
  expect(livesOf(events, 100)).toEqual({ diedAtMs: 900, readyAtMs: null });
  const back = [...events, event(1400, 'payments', ready)];
  expect(livesOf(back, 100)).toEqual({ diedAtMs: 900, readyAtMs: 1300 });
});

test('the readiness of another process does not count, nor does anything without a death', () => {
  const other = [event(1000, 'payments', died), event(1100, 'orders', ready)];
  expect(livesOf(other, 0)).toEqual({ diedAtMs: 1000, readyAtMs: null });
  expect(livesOf([event(1100, 'orders', ready)], 0)).toEqual({ diedAtMs: null, readyAtMs: null });
});

let server: SmallServer | undefined;
afterEach(async () => server?.close());

const lab = { signal: new AbortController().signal, phase: () => {} } as unknown as Lab;
const times = { steadyMs: 0, holdMs: 0, settleMs: 0, windowMs: 0, recoverMs: 120 };

/** Two components; those that are named are down until they are restarted. */
async function targetWith(down: readonly string[], healsAfterRestarts = 0) {
  const states = new Map<string, ProcessState>(
    ['orders', 'payments'].map((name) => [name, down.includes(name) ? 'waiting' : 'ready']),
  );
  const restarted: string[] = [];
  const unreachable = () => (restarted.length < healsAfterRestarts ? ['payments'] : []);
  server = await startSmallServer(() => ({ body: { components: [], unreachable: unreachable() } }));
  const running = {
    baseUrl: server.baseUrl,
    target: { name: 'microservices' },
    databases: [],
    onEvent: () => () => {},
    get components() {
      return [...states].map(([name, state]) => ({ name, state }));
    },
    async restartComponent(name: string) {
      restarted.push(name);
      states.set(name, 'ready');
    },
  } as unknown as RunningTarget;
  return { running, restarted };
}

const blow = { name: 'crash in payments', strike: async () => nowMs() };
const run = (running: RunningTarget, changes = {}) =>
  runTrial(lab, running, blow, { ...times, ...changes, zeroMs: nowMs() });

test('what is well again is left alone', async () => {
  const { running, restarted } = await targetWith([]);
  expect((await run(running)).wellAtMs).not.toBeNull();
  expect(restarted).toEqual([]);
});

test('what is not ready by then is restarted, and the trial says that it was not well', async () => {
  const { running, restarted } = await targetWith(['payments']);
  expect((await run(running)).wellAtMs).toBeNull();
  expect(restarted).toEqual(['payments']);
});

test('where all are ready and one cannot be healed, all are restarted', async () => {
  const { running, restarted } = await targetWith([], 2);
  expect((await run(running)).wellAtMs).toBeNull();
  expect(restarted).toEqual(['orders', 'payments']);
});

test('a trial lasts as long as what is counted, from the last strike on', async () => {
  const { running } = await targetWith([]);
  const trial = await run(running, { windowMs: 200 });
  expect(trial.endedAtMs - trial.struckAtMs).toBeGreaterThanOrEqual(199);
});

test('a blow that is refused is told, and the target is healed all the same', async () => {
  const { running } = await targetWith([]);
  const strike = () => Promise.reject(new Error('payments refused the fault (400)'));
  const trial = await runTrial(lab, running, { name: 'x', strike }, { ...times, zeroMs: nowMs() });
  expect(trial.refused).toBe('payments refused the fault (400)');
  expect(server?.arrived.get('/chaos')).toBeGreaterThan(0);
});
