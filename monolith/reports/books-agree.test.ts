// reports/books-agree.test.ts: the monolith's books and the service's on 10,000 orders, equal to the cent.
// The service is a real process that is killed in the middle; events come twice, in disorder, many at once.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { Order } from '@lab/shared/contract/orders.ts';
import { seededRandom } from '@lab/shared/domain/random.ts';
import { pastOrders } from '@lab/shared/fixtures/past-orders.ts';
import { type Database, openDatabase } from '@lab/shared/runtime/database.ts';
import { readMigrations } from '@lab/shared/runtime/migrations.ts';
import { freePort } from '@lab/shared/test/free-ports.ts';
import { root } from '@lab/shared/test/source/tree.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedOrders } from '../orders/model.ts';
import * as monolith from './controller.ts';

const ORDERS = 10_000;
const AT_ONCE = 40;
const random = seededRandom(2010);
const folder = mkdtempSync(join(tmpdir(), 'lab-agree-'));
const orders = [...pastOrders({ seed: 7, count: ORDERS, before: '2026-11-22T00:00:00.000Z' })].map(
  (order): Order => ({ ...order, status: random() < 0.1 ? 'cancelled' : 'confirmed' }),
);

let books: Database;
let port: number;
let service: ChildProcess;
beforeAll(async () => {
  const migrations = await readMigrations(new URL('../migrations/', import.meta.url));
  books = await openDatabase({ url: `file:${join(folder, 'monolith.db')}`, migrations });
  await seedOrders(books, orders);
  port = await freePort();
  service = start();
  await ready();
});
afterAll(async () => {
  service.kill('SIGTERM');
  await once(service, 'exit');
  await books.close();
  rmSync(folder, { recursive: true });
});

function start(): ChildProcess {
  const env = {
    PATH: process.env.PATH,
    PORT: String(port),
    DATABASE_URL: `duckdb:${join(folder, 'reports.duckdb')}`,
    PAST_ORDERS: '0',
    LOG_LEVEL: 'warn',
  };
  const args = ['--import', 'tsx', join(root, 'microservices/reports/server.ts')];
  return spawn(process.execPath, args, { env, cwd: root, stdio: 'inherit' });
}

const url = (path: string) => `http://127.0.0.1:${port}${path}`;

/** The test's own time limit is the only one: the machine may be busy. */
async function ready(): Promise<void> {
  while ((await fetch(url('/ready')).catch(() => undefined))?.status !== 200) await sleep(50);
}

/** Every event of every order, some of them twice, in no order. */
function disorderly(): OrderEvent[] {
  const event = (type: OrderEvent['type'], data: Order, number: number): OrderEvent => ({
    id: `evt_${type === 'order.confirmed' ? 'A' : 'B'}${number}`,
    type,
    time: data.placedAt,
    data: { ...data, status: type === 'order.confirmed' ? 'confirmed' : 'cancelled' },
  });
  const events = orders.flatMap((order, number) => [
    event('order.confirmed', order, number),
    ...(order.status === 'cancelled' ? [event('order.cancelled', order, number)] : []),
  ]);
  const repeated = events.filter(() => random() < 0.1);
  return [...events, ...repeated]
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

/** Until it is answered, as the outbox would: whoever was killed is asked again. */
async function deliver(event: OrderEvent): Promise<boolean> {
  for (;;) {
    const answer = await fetch(url('/reports/events'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
    }).catch(() => undefined);
    if (answer?.status === 200) return ((await answer.json()) as { accepted: boolean }).accepted;
    await sleep(20);
  }
}

/** @param after called with how many events have been answered */
async function deliverAll(events: readonly OrderEvent[], after: (answered: number) => void) {
  const queue = [...events];
  let answered = 0;
  let accepted = 0;
  const one = async () => {
    for (let event = queue.shift(); event !== undefined; event = queue.shift()) {
      if (await deliver(event)) accepted += 1;
      after(++answered);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return accepted;
}

async function expectAgreement(): Promise<void> {
  const ask = async (path: string) => (await fetch(url(path))).json();
  const range = { from: '2026-09-10', to: '2026-10-20' };
  for (const by of ['day', 'category'] as const) {
    const whole = await monolith.revenueReport(books, { by });
    expect(whole.rows.length).toBeGreaterThan(5);
    expect(await ask(`/reports/revenue?by=${by}`)).toEqual(whole);
    const part = await monolith.revenueReport(books, { by, ...range });
    expect(part.totalCents).toBeLessThan(whole.totalCents);
    expect(await ask(`/reports/revenue?by=${by}&from=${range.from}&to=${range.to}`)).toEqual(part);
  }
  const best = await monolith.topProducts(books, { limit: 100 });
  expect(await ask('/reports/top-products?limit=100')).toEqual(best);
}

test('after duplicates, disorder and two kills in the middle, the reports are equal to the cent', async () => {
  const events = disorderly();
  let restarted = Promise.resolve();
  const killAt = [Math.floor(events.length / 3), Math.floor((2 * events.length) / 3)];
  const again = async () => {
    service.kill('SIGKILL');
    await once(service, 'exit');
    service = start();
  };
  const accepted = await deliverAll(events, (answered) => {
    if (killAt.includes(answered)) restarted = again();
  });
  await restarted;
  await ready();
  await expectAgreement();
  // What was committed and not answered before a kill is answered as repeated, and no event is lost.
  const ids = new Set(events.map(({ id }) => id)).size;
  expect(accepted).toBeLessThanOrEqual(ids);
  expect(accepted).toBeGreaterThanOrEqual(ids - 2 * AT_ONCE);
  // Everything once more: nothing is new.
  expect(await deliverAll(events.slice(0, 500), () => {})).toBe(0);
  await expectAgreement();
}, 600_000);
