// chaos/suffer.test.ts: the faults that take something, memory or a database, and give it back.
// Run by vitest with a real SQLite file; what ends a process is in test/chaos-deadly.test.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import SqliteFile from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Fault, faultKinds, processKinds } from '../contract/chaos.ts';
import { type Database, openDatabase } from '../runtime/database.ts';
import { createSwitchboard, type Switchboard } from './switchboard.ts';

const WRITE = 'INSERT INTO log (entry) VALUES (1)';
const MB = 2 ** 20;
let folder: string;
let db: Database;
let board: Switchboard;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lab-suffer-'));
  const migrations = [{ name: '0001-log.sql', sql: 'CREATE TABLE log (entry INTEGER)' }];
  db = await openDatabase({ url: `file:${join(folder, 'shop.db')}`, migrations });
  board = createSwitchboard({ components: ['catalog', 'orders'], database: db.faults });
});
afterEach(async () => {
  board.heal();
  await db.close();
  rmSync(folder, { recursive: true });
});

const write = () => board.meet('catalog', () => db.run(WRITE));

/** Whether it is still waiting after a while in which it would have been done. */
async function waits(work: Promise<unknown>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 100));
  return Promise.race([work.then(() => false), late]);
}

describe('leak', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heapMb = () => {
    collect();
    return getHeapStatistics().used_heap_size / MB;
  };
  const look = () => board.meet('catalog', async () => 'shelf');

  test('each call keeps as much of the heap as it was told, and still does its work', async () => {
    const before = heapMb();
    board.set('catalog', { kind: 'leak', leakMb: 20 });
    expect(await look()).toBe('shelf');
    const first = heapMb();
    for (const _call of [1, 2]) await look();
    expect((first - before) / 20).toBeCloseTo(1, 0);
    expect((heapMb() - before) / 60).toBeCloseTo(1, 0);
  });

  test('without a size it is 8 MB', async () => {
    const before = heapMb();
    board.set('catalog', { kind: 'leak' });
    for (const _call of [1, 2, 3, 4]) await look();
    expect((heapMb() - before) / 32).toBeCloseTo(1, 0);
  });

  test.each([
    ['healed', () => board.heal('catalog')],
    ['replaced', () => void board.set('catalog', { kind: 'leak', leakMb: 1 })],
  ])('when it is %s the memory is free again', async (_how, end) => {
    const before = heapMb();
    board.set('catalog', { kind: 'leak', leakMb: 60 });
    await look();
    end();
    expect(heapMb() - before).toBeLessThan(10);
  });

  test('when its time is over the memory is free, also if no call comes any more', async () => {
    const before = heapMb();
    board.set('catalog', { kind: 'leak', leakMb: 60, durationMs: 300 });
    await look();
    expect(heapMb() - before).toBeGreaterThan(50);
    const free = () => expect(heapMb() - before).toBeLessThan(10);
    await vi.waitFor(free, { timeout: 15_000 });
  });
});

/** Whether another connection would have to wait, were it to write. */
function isLocked(): boolean {
  const other = new SqliteFile(join(folder, 'shop.db'), { timeout: 0 });
  try {
    other.exec('BEGIN IMMEDIATE');
    return false;
  } catch {
    return true;
  } finally {
    other.close();
  }
}

const untilLocked = () => vi.waitFor(() => expect(isLocked()).toBe(true), { timeout: 15_000 });

test('db-lock: another connection has the lock until the fault is healed', async () => {
  board.set('catalog', { kind: 'db-lock', lockMs: 30_000 });
  await board.meet('catalog', async () => 'shelf');
  await untilLocked();
  board.heal();
  expect(await write()).toEqual({ changes: 1 });
});

test('db-lock: it ends with its fault, though a writer holds the event loop', async () => {
  board.set('catalog', { kind: 'db-lock', lockMs: 30_000, durationMs: 1500 });
  await board.meet('catalog', async () => 'shelf');
  await untilLocked();
  expect(await db.run(WRITE)).toEqual({ changes: 1 });
});

describe.each([
  ['pool', { kind: 'pool', holdMs: 30_000 }],
  ['db-lock', { kind: 'db-lock', lockMs: 30_000 }],
] as [string, Fault][])('%s', (_kind, fault) => {
  test('takes once, however many calls come, and counts them all', async () => {
    board.set('catalog', fault);
    const reads = [1, 2, 3].map(() => board.meet('catalog', () => db.all('SELECT * FROM log')));
    expect(await Promise.all(reads)).toEqual([[], [], []]);
    expect(board.state('catalog').hits).toBe(3);
    board.heal('catalog');
    expect(await write()).toEqual({ changes: 1 });
  });

  test('does not wait for the transaction that it is met in', async () => {
    board.set('catalog', fault);
    const order = db.transaction(async (tx) => {
      await tx.run(WRITE);
      return board.meet('catalog', () => tx.run(WRITE));
    });
    expect(await order).toEqual({ changes: 1 });
    expect(board.state('catalog').hits).toBe(1);
  });
});

test('pool: every writer of the process waits, whatever component it belongs to', async () => {
  board.set('catalog', { kind: 'pool', holdMs: 30_000 });
  const first = write();
  expect(await waits(first)).toBe(true);
  const neighbour = board.meet('orders', () => db.run(WRITE));
  expect(await waits(neighbour)).toBe(true);
  board.heal();
  expect(await Promise.all([first, neighbour])).toEqual([{ changes: 1 }, { changes: 1 }]);
});

test('pool: it ends with its fault, also before its own time and without another call', async () => {
  board.set('catalog', { kind: 'pool', holdMs: 30_000, durationMs: 500 });
  const first = write();
  expect(await waits(first)).toBe(true);
  expect(await first).toEqual({ changes: 1 });
});

test('pool: when its time is over the waiting go on, and the next call takes it again', async () => {
  board.set('catalog', { kind: 'pool', holdMs: 200 });
  for (const _round of [1, 2, 3]) {
    const startedMs = performance.now();
    expect(await write()).toEqual({ changes: 1 });
    expect(performance.now() - startedMs).toBeGreaterThan(190);
  }
});

test('slow-query: the work is done after the statement', async () => {
  board.set('catalog', { kind: 'slow-query', queryMs: 200 });
  const startedMs = performance.now();
  expect(await write()).toEqual({ changes: 1 });
  expect(performance.now() - startedMs).toBeGreaterThan(190);
});

test('a component says which kinds it takes: without a database, none that wants one', () => {
  expect(board.state('catalog').kinds).toEqual(faultKinds);
  const door = createSwitchboard({ components: ['gateway'] });
  expect(door.state('gateway').kinds).toEqual(processKinds);
  expect(() => door.set('gateway', { kind: 'db-lock', lockMs: 5 })).toThrow(
    expect.objectContaining({ status: 400, code: 'INVALID_REQUEST' }),
  );
  expect(faultKinds.filter((kind) => !processKinds.includes(kind))).toEqual([
    'slow-query',
    'db-lock',
    'pool',
  ]);
});
