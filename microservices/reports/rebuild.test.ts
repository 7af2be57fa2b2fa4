// reports/rebuild.test.ts: books that are damaged, or gone half-way, have every sale again.
// Run by vitest.
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { Order } from '@lab/shared/contract/orders.ts';
import { pastOrders } from '@lab/shared/fixtures/past-orders.ts';
import { createLogger, type Logger } from '@lab/shared/runtime/log.ts';
import { pastOrdersOfToday } from '@lab/shared/runtime/seed.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { booksOf } from './books.ts';
import { readConfig } from './config.ts';
import { revenueReport } from './controller.ts';
import { type Journal, journalBeside } from './journal.ts';
import { openBooks } from './open-books.ts';

let folder: string;
beforeEach(() => {
  lacked = [];
  folder = mkdtempSync(join(tmpdir(), 'lab-rebuild-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = () => join(folder, 'reports.duckdb');
const config = () => readConfig({ DATABASE_URL: `duckdb:${path()}`, PAST_ORDERS: '5' });
let lacked: { entered: number; unreadable: number }[] = [];
const log = {
  error: () => {},
  warn: (facts: (typeof lacked)[number]) => lacked.push(facts),
} as unknown as Logger;
const open = () => openBooks(import.meta.url, config(), log);
const journal = () => journalBeside(config().DATABASE_URL) as Journal;

/** 600 orders are sold, every tenth of them cancelled, and every seventh event comes twice. */
function* events(): Generator<OrderEvent> {
  let number = 0;
  const next = () => `evt_${String(++number).padStart(10, '0')}`;
  for (const order of pastOrders({ seed: 5, count: 600, before: '2026-11-20T00:00:00.000Z' })) {
    const data = { ...order, id: order.id.replace('ord_', 'ord_X') };
    const sold: OrderEvent = { id: next(), type: 'order.confirmed', time: data.placedAt, data };
    yield sold;
    if (number % 7 === 0) yield sold;
    const cancelled = { ...data, status: 'cancelled' } as const;
    if (number % 10 === 0)
      yield { id: next(), type: 'order.cancelled', time: data.placedAt, data: cancelled };
  }
}

async function sell(some: readonly OrderEvent[]) {
  const db = await open();
  const { enter } = booksOf(db, journal());
  await Promise.all(some.map(enter));
  const report = await revenueReport(db, { by: 'day' });
  await db.close();
  return report;
}

const sellAll = () => sell([...events()]);
const linesOf = () => readFileSync(journal().path, 'utf8').trimEnd().split('\n');

async function reported() {
  const db = await open();
  const report = await revenueReport(db, { by: 'day' });
  await db.close();
  return report;
}

function damage() {
  truncateSync(path(), readFileSync(path()).length / 2);
  rmSync(`${path()}.wal`, { force: true });
}

test('columns that lost their second half have every sale again, to the cent', async () => {
  const before = await sellAll();
  damage();
  expect(await reported()).toEqual(before);
  expect(lacked).toMatchObject([{ entered: linesOf().length - 1, unreadable: 0 }]);
  expect(await reported()).toEqual(before);
  expect(lacked).toHaveLength(1);
});

test('books that are gone have every sale again', async () => {
  const before = await sellAll();
  for (const ending of ['', '.wal']) rmSync(path() + ending, { force: true });
  expect(await reported()).toEqual(before);
});

test('books that lack the last events, as after a kill in the middle, get those alone', async () => {
  const all = [...events()];
  await sell(all.slice(0, -20));
  const earlier = readFileSync(path());
  const before = await sell(all.slice(-20));
  writeFileSync(path(), earlier);
  expect(await reported()).toEqual(before);
  const some = new Set(all.slice(-20).map(({ id }) => id)).size;
  expect(lacked).toMatchObject([{ entered: some, unreadable: 0 }]);
});

test('books of an earlier day have their own past again, of which one order was cancelled', async () => {
  await journal().begin({ count: 5, day: '2026-03-01' });
  const [past] = pastOrdersOfToday(5, new Date('2026-03-01'));
  const data = { ...(past as Order), status: 'cancelled' } as const;
  const time = '2026-03-02T10:00:00.000Z';
  const before = await sell([{ id: 'evt_1', type: 'order.cancelled', time, data }]);
  expect(before.rows.reduce((sum, { orders }) => sum + orders, 0)).toBe(4);
  expect(before.asOf).toMatch(/^2026-02/);
  damage();
  expect(await reported()).toEqual(before);
});

test('what comes over HTTP is in the journal once, and what is refused is not', async () => {
  const db = await open();
  const app = createApp(config(), db, createLogger('test', 'silent'));
  const payload = [...events()][0] as OrderEvent;
  const post = (event: OrderEvent) =>
    app.inject({ method: 'POST', url: '/reports/events', payload: event });
  expect((await post(payload)).json()).toEqual({ accepted: true });
  expect((await post(payload)).json()).toEqual({ accepted: false });
  expect((await post({ ...payload, id: 'evt_again' })).statusCode).toBe(500);
  expect(linesOf().slice(1)).toEqual([JSON.stringify(payload)]);
  await app.close();
  await db.close();
});

test('a line that was cut short is left out, counted, and spoils no other', async () => {
  await sellAll();
  appendFileSync(journal().path, '{"id":"evt_cut');
  const [late] = events();
  const data = { ...(late as OrderEvent).data, id: 'ord_late' };
  await journal().write([{ ...(late as OrderEvent), id: 'evt_late', data }]);
  await reported();
  expect(lacked).toMatchObject([{ entered: 1, unreadable: 1 }]);
});

test.skipIf(!existsSync('/dev/full'))(
  'a disk that was full leaves no line that runs into the next',
  async () => {
    const [event] = events();
    const kept = journal();
    symlinkSync('/dev/full', kept.path);
    await expect(kept.write([event as OrderEvent])).rejects.toThrow('ENOSPC');
    rmSync(kept.path);
    writeFileSync(kept.path, '{"id":"evt_half');
    await kept.write([event as OrderEvent]);
    const [half, whole] = readFileSync(kept.path, 'utf8').split('\n');
    expect(half).toBe('{"id":"evt_half');
    expect(JSON.parse(whole ?? '')).toEqual(event);
  },
);
