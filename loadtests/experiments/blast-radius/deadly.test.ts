// experiments/blast-radius/deadly.test.ts: a fatal fault goes on from worker to worker until one dies.
// Run by `npm test`. The target is made by hand, its fault switch answers over real HTTP.
import { afterEach, expect, test } from 'vitest';
import { type SmallServer, startSmallServer } from '../../load/small-server.ts';
import { type LifeEvent, nowMs } from '../../targets/life.ts';
import type { RunningTarget } from '../../targets/platform.ts';
import { strikeDead } from './deadly.ts';

let server: SmallServer | undefined;
afterEach(async () => server?.close());

/** Something dies of that strike, and of none before it; each strike's time is kept. */
async function dyingAt(strike: number, dies = 'payments-2') {
  const struckAtMs: number[] = [];
  let tell: (event: LifeEvent) => void = () => {};
  server = await startSmallServer((path) => {
    if (path === '/chaos') return { body: { components: [], unreachable: [] } };
    if (path === '/chaos/payments') struckAtMs.push(nowMs());
    if (struckAtMs.length === strike)
      tell({ kind: 'died', code: 1, signal: null, name: dies, atMs: nowMs() });
    return {};
  });
  const running = {
    baseUrl: server.baseUrl,
    target: { components: [{ name: 'payments', features: ['payments'] }] },
    onEvent(listener: (event: LifeEvent) => void) {
      tell = listener;
      return () => {};
    },
  } as unknown as RunningTarget;
  return { struckAtMs, at: await strikeDead(running, 'payments', { kind: 'crash' }, 30) };
}

test('the time of the strike is that of the one that took', async () => {
  const { struckAtMs, at } = await dyingAt(3);
  expect(struckAtMs).toHaveLength(3);
  expect(at).toBeGreaterThan(struckAtMs[1] ?? Infinity);
  expect(at).toBeLessThanOrEqual(struckAtMs[2] ?? 0);
  // Each that took nothing was taken back, or two workers would have the fault.
  expect(server?.arrived.get('/chaos')).toBe(2);
});

test('where something dies at once, it is struck once', async () => {
  expect((await dyingAt(1)).struckAtMs).toHaveLength(1);
});

test('news of a death that come late count, where nobody answers any more', async () => {
  let tell: (event: LifeEvent) => void = () => {};
  const { baseUrl, close } = await startSmallServer((path) =>
    path === '/health' ? { instead: 'reset' } : {},
  );
  server = { baseUrl, close, arrived: new Map() };
  const running = {
    baseUrl,
    target: { components: [{ name: 'payments', features: ['payments'] }] },
    onEvent(listener: (event: LifeEvent) => void) {
      tell = listener;
      return () => {};
    },
  } as unknown as RunningTarget;
  const struck = strikeDead(running, 'payments', { kind: 'crash' }, 30);
  const lateMs = 300;
  setTimeout(
    () => tell({ kind: 'died', code: 1, signal: null, name: 'payments', atMs: nowMs() }),
    lateMs,
  );
  const askedAtMs = nowMs();
  expect((await struck) - askedAtMs).toBeLessThan(lateMs / 2);
});

test('who refuses the very first order is not called dead', async () => {
  server = await startSmallServer(() => ({ instead: 'reset' }));
  const running = {
    baseUrl: server.baseUrl,
    target: { components: [] },
    onEvent: () => () => {},
  } as unknown as RunningTarget;
  await expect(strikeDead(running, 'payments', { kind: 'crash' }, 30)).rejects.toThrow();
});

test('a death elsewhere is not the fault’s', async () => {
  expect((await dyingAt(1, 'orders')).struckAtMs).toHaveLength(6);
});

test('where nothing ever dies, it gives up', async () => {
  expect((await dyingAt(Infinity)).struckAtMs).toHaveLength(6);
});
