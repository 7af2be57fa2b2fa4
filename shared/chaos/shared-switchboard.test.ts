// chaos/shared-switchboard.test.ts: several processes with one folder; here each is a switchboard.
// Run by `npm test`; with real processes: functions.test.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { faultKinds } from '../contract/chaos.ts';
import type { DatabaseFaults } from '../runtime/database-faults.ts';
import { sharedSwitchboard } from './shared-switchboard.ts';

let folder: string;
let nowMs: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-faults-'));
  nowMs = 1_000_000;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const boardOf = (database?: DatabaseFaults) =>
  sharedSwitchboard(
    { components: ['catalog'], kinds: faultKinds, now: () => nowMs, ...(database && { database }) },
    folder,
  );
const call = (board: ReturnType<typeof boardOf>) =>
  board.meet('catalog', async () => 'fine').catch(({ status }) => status);

test('a fault set in one is in force in all, in one that starts later as well, and hits add up', async () => {
  const [one, other] = [boardOf(), boardOf()];
  expect(await call(other)).toBe('fine');
  one.set('catalog', { kind: 'error', status: 500 });
  expect([await call(one), await call(other), await call(boardOf())]).toEqual([500, 500, 500]);
  for (const board of [one, other, boardOf()])
    expect(board.state('catalog')).toMatchObject({ fault: { kind: 'error' }, hits: 3 });
});

test('a heal in any of them heals all, and so does the time', async () => {
  const [one, other] = [boardOf(), boardOf()];
  one.set('catalog', { kind: 'error', status: 500 });
  expect(await call(other)).toBe(500);
  boardOf().heal();
  expect([await call(one), await call(other)]).toEqual(['fine', 'fine']);
  expect(other.state('catalog')).toMatchObject({ fault: null, hits: 0 });
  one.set('catalog', { kind: 'error', durationMs: 200 });
  nowMs += 201;
  expect([await call(one), await call(other), await call(boardOf())]).toEqual(
    Array(3).fill('fine'),
  );
});

test('a fault that ends a process stays in the one that was told, and all say so and can heal it', async () => {
  const [one, other] = [boardOf(), boardOf()];
  other.set('catalog', { kind: 'error', status: 500 });
  one.set('catalog', { kind: 'leak', leakMb: 1 });
  expect(await call(other)).toBe('fine');
  expect(other.state('catalog')).toMatchObject({ fault: { kind: 'leak' }, hits: 0 });
  await call(one);
  expect(other.state('catalog').hits).toBe(1);
  other.heal('catalog');
  await call(one);
  expect(one.state('catalog')).toMatchObject({ fault: null, hits: 0 });
});

test('what one holds is given back when another heals', async () => {
  const { held, database } = createHolder();
  const [one, other] = [boardOf(database), boardOf()];
  one.set('catalog', { kind: 'pool', holdMs: 20_000 });
  expect(await call(one)).toBe('fine');
  let isSettled = false;
  const settled = one.settled().then(() => {
    isSettled = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect([isSettled, held()]).toEqual([false, 1]);
  other.heal();
  await settled;
  expect(held()).toBe(0);
});

test('where nothing is held, nothing is waited for', async () => {
  await boardOf().settled();
});

/** A pool that is taken until it is healed. */
function createHolder() {
  let count = 0;
  const take = async (_ms: number, healed: AbortSignal) => {
    count += 1;
    const over = new Promise<void>((resolve) => {
      healed.addEventListener('abort', () => {
        count -= 1;
        resolve();
      });
    });
    return { over };
  };
  const database = { runSlowly: async () => {}, lockWrites: take, takePool: take };
  return { database, held: () => count };
}
