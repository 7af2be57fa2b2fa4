// webhooks/rounds.test.ts: callbacks until they arrive: again, later each time, and at last no more.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../../domain/random.ts';
import { resolveBySystem } from './destination.ts';
import { createPolicy } from './policy.ts';
import { type CallbackStore, carryDue, MAX_ATTEMPTS, waitBeforeNextMs } from './rounds.ts';
import { createSend, type Outcome, type Send } from './send.ts';
import { verify } from './signature.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const failed: Outcome = { kind: 'failed', reason: 'answered 500' };

/** A store in memory and a clock that is moved by hand. */
function bench(callbacks: { id: string; url: string }[], send: Send) {
  const rows = callbacks.map((one) => ({ ...one, body: '{}', attempts: 0, nextAtMs: 0 }));
  const finished = new Map<string, Outcome>();
  const clock = { nowMs: Date.parse('2026-11-25T12:00:00.000Z') };
  const now = () => new Date(clock.nowMs);
  const store: CallbackStore = {
    findDue: async (at, most) =>
      rows
        .filter(({ id, nextAtMs }) => !finished.has(id) && nextAtMs <= at.getTime())
        .slice(0, most)
        .map((row) => ({ ...row })),
    async claim({ id, attempts }, nextAt) {
      const row = rows.find((one) => one.id === id && one.attempts === attempts);
      if (row === undefined) return false;
      Object.assign(row, { attempts: attempts + 1, nextAtMs: nextAt.getTime() });
      return true;
    },
    finish: async (id, outcome) => void finished.set(id, outcome),
  };
  const options = { send, timeoutMs: 1000, now, random: seededRandom(5) };
  const round = () => carryDue(store, options);
  return { clock, finished, now, rows, round };
}

const one = [{ id: 'whk_1', url: 'http://127.0.0.1/' }];
const hour = 3_600_000;

describe('a callback that fails', () => {
  test('is tried again later each time, and given up after eight attempts', async () => {
    let sent = 0;
    const { clock, finished, round, rows } = bench(one, async () => {
      sent += 1;
      return failed;
    });
    const waits: number[] = [];
    while (!finished.has('whk_1')) {
      await round();
      const waitMs = (rows[0]?.nextAtMs ?? 0) - clock.nowMs;
      waits.push(waitMs - 1000);
      clock.nowMs += waitMs - 1;
      expect(await round()).toBe(0);
      clock.nowMs += 1;
    }
    expect([sent, waits.length]).toEqual([MAX_ATTEMPTS, MAX_ATTEMPTS]);
    for (const [index, wait] of waits.entries()) {
      const wholeMs = Math.min(1000 * 2 ** index, 60_000);
      expect(wait).toBeGreaterThanOrEqual(Math.floor(wholeMs / 2));
      expect(wait).toBeLessThanOrEqual(wholeMs);
    }
    expect(finished.get('whk_1')).toEqual(failed);
  });

  test('waits for half of the time to all of it', () => {
    expect([0, 0.5, 0.999].map((number) => waitBeforeNextMs(1, () => number))).toEqual([
      500, 750, 999.5,
    ]);
    expect(waitBeforeNextMs(50, () => 0)).toBe(30_000);
  });
});

test('a callback that is refused is not tried again', async () => {
  let sent = 0;
  const { clock, finished, round } = bench(one, async () => {
    sent += 1;
    return { kind: 'refused', reason: 'leads to a forbidden address' };
  });
  await round();
  clock.nowMs += hour;
  expect([await round(), sent]).toEqual([0, 1]);
  expect(finished.get('whk_1')).toMatchObject({ kind: 'refused' });
});

test('a callback whose attempt died with its process is begun again, and counted', async () => {
  const { clock, finished, round, rows } = bench(one, () => Promise.reject(new Error('crash')));
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    await expect(round()).rejects.toThrow('crash');
    expect(rows[0]?.attempts).toBe(attempt);
    expect(finished.size).toBe(0);
    clock.nowMs += hour;
  }
  await round();
  expect(finished.get('whk_1')).toMatchObject({ kind: 'failed' });
});

test('two workers on one store make one attempt', async () => {
  const sent: string[] = [];
  const { round } = bench(one, async ({ id }) => {
    sent.push(id);
    return { kind: 'delivered' };
  });
  await Promise.all([round(), round()]);
  expect(sent).toEqual(['whk_1']);
});

test('of 200 callbacks to one who fails a fifth, each arrives, and repeats are known by their id', async () => {
  const random = seededRandom(20);
  const received = new Map<string, number>();
  let [refusals, repeats, forged] = [0, 0, 0];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    if (!verify(request.headers, body, secret, now())) forged += 1;
    const draw = random();
    // Half of the failures come before the work, half after it: those are sent twice.
    if (draw < 0.1) {
      refusals += 1;
      return response.writeHead(500).end();
    }
    const id = String(request.headers['webhook-id']);
    if (received.has(id)) repeats += 1;
    received.set(id, (received.get(id) ?? 0) + 1);
    return draw < 0.2 ? request.socket.destroy() : response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const url = `http://localhost.test:${(server.address() as AddressInfo).port}/`;
  const callbacks = Array.from({ length: 200 }, (_, index) => ({ id: `whk_${index}`, url }));
  const allowed = createPolicy(['loopback']);
  const resolve = () => resolveBySystem('127.0.0.1');
  const clockNow = () => now();
  const send = createSend({ allowed, resolve, secret, now: clockNow, timeoutMs: 5000 });
  const { clock, finished, now, round } = bench(callbacks, send);
  for (let rounds = 0; rounds < 100 && finished.size < 200; rounds += 1) {
    if ((await round()) === 0) clock.nowMs += 1000;
  }
  expect([...finished.values()].filter(({ kind }) => kind === 'delivered')).toHaveLength(200);
  expect([...received.keys()].sort()).toEqual(callbacks.map(({ id }) => id).sort());
  expect(forged).toBe(0);
  expect(refusals).toBeGreaterThan(10);
  expect(repeats).toBeGreaterThan(10);
  expect([...received.values()].reduce((sum, times) => sum + times)).toBe(200 + repeats);
});
