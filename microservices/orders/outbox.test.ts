// orders/outbox.test.ts: events reach every follower, in order and at least once.
// Run by vitest; the followers are functions.
import type { Order } from '@lab/shared/contract/orders.ts';
import { alice } from '@lab/shared/fixtures/customers.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { insertEvent, type OutboxEvent } from './outbox.model.ts';
import { type ChosenCourier, createOutbox, type Outbox } from './outbox.ts';

const time = '2026-11-22T09:30:00.000Z';
const silent = createLogger('orders', 'silent');
type Deliver = (event: OutboxEvent) => Promise<void>;

let db: Database;
let told: string[];
let entered: string[];
beforeEach(async () => {
  db = await emptyDatabase(import.meta.url);
  [told, entered] = [[], []];
});

const tell: Deliver = async ({ id }) => void told.push(id);
const enter: Deliver = async ({ id }) => void entered.push(id);
const down: Deliver = () => Promise.reject(new Error('nobody answers'));

async function store(...ids: string[]): Promise<void> {
  for (const id of ids) {
    const order = { id: `ord_${id}`, customerId: alice.id, totalCents: 1, placedAt: time };
    const data: Order = { ...order, status: 'confirmed', lines: [], rejection: null };
    await insertEvent(db, { id, type: 'order.confirmed', time, data });
  }
}

const oneByOne =
  (deliver: Deliver): ChosenCourier =>
  async () => ({
    mostAtOnce: 1,
    deliver: ([event]) => (event ? deliver(event) : Promise.resolve()),
  });

/** Opened with what is stored already; closed when the test is over. */
function open(notify: Deliver, report: Deliver, on = db): Outbox {
  const followers = { notifications: oneByOne(notify), reports: oneByOne(report) };
  const outbox = createOutbox(on, followers, silent);
  onTestFinished(outbox.close);
  return outbox;
}

const left = async (follower: string) =>
  (await db.all<{ event_id: string }>('SELECT * FROM outbox WHERE follower = $1', [follower])).map(
    ({ event_id }) => event_id,
  );

test('every follower gets what an earlier process left, oldest first', async () => {
  await store('evt_2', 'evt_1', 'evt_3');
  open(tell, enter);
  await vi.waitFor(async () => expect(await db.all('SELECT * FROM outbox')).toEqual([]));
  expect([told, entered]).toEqual([
    ['evt_1', 'evt_2', 'evt_3'],
    ['evt_1', 'evt_2', 'evt_3'],
  ]);
});

test('more events than one look finds all arrive, in order', async () => {
  const ids = Array.from({ length: 120 }, (_, at) => `evt_${String(at).padStart(3, '0')}`);
  await store(...ids);
  open(tell, enter);
  await vi.waitFor(async () => expect(await db.all('SELECT * FROM outbox')).toEqual([]));
  expect(told).toEqual(ids);
});

test('a follower that takes several at once gets no more than it takes', async () => {
  const ids = Array.from({ length: 25 }, (_, at) => `evt_${String(at).padStart(2, '0')}`);
  await store(...ids);
  const batches: string[][] = [];
  const deliver = async (events: readonly OutboxEvent[]) =>
    void batches.push(events.map(({ id }) => id));
  const couriers = {
    notifications: oneByOne(tell),
    reports: async () => ({ mostAtOnce: 10, deliver }),
  };
  onTestFinished(createOutbox(db, couriers, silent).close);
  await vi.waitFor(async () => expect(await left('reports')).toEqual([]));
  expect(batches.map(({ length }) => length)).toEqual([10, 10, 5]);
  expect(batches.flat()).toEqual(ids);
});

test('what is stored later goes out when the outbox is kicked', async () => {
  const outbox = open(tell, enter);
  await store('evt_1');
  outbox.kick();
  await vi.waitFor(() => expect([told, entered]).toEqual([['evt_1'], ['evt_1']]));
});

test('an event stored and kicked during a delivery is not forgotten', async () => {
  await store('evt_1');
  const outbox = open(async (event) => {
    await tell(event);
    if (event.id === 'evt_1') await store('evt_2').then(outbox.kick);
  }, enter);
  await vi.waitFor(() => expect(told).toEqual(['evt_1', 'evt_2']));
});

test('a follower that is down delays nobody else, and its events wait', async () => {
  await store('evt_1', 'evt_2');
  open(tell, down);
  await vi.waitFor(async () => expect(await left('notifications')).toEqual([]));
  expect(told).toEqual(['evt_1', 'evt_2']);
  expect(await left('reports')).toEqual(['evt_1', 'evt_2']);
});

test('an event that failed is tried again before any newer one', async () => {
  await store('evt_1', 'evt_2');
  const tried: string[] = [];
  open(tell, async (event) => {
    tried.push(event.id);
    if (tried.length < 3) await down(event);
  });
  await vi.waitFor(() => expect(tried).toEqual(['evt_1', 'evt_1', 'evt_1', 'evt_2']));
});

test('an event comes again when it was delivered but could not be crossed out', async () => {
  await store('evt_1');
  let failures = 0;
  const run: Database['run'] = async (sql, params) => {
    if (!sql.startsWith('DELETE') || params?.[0] !== 'reports' || failures > 0) {
      return db.run(sql, params);
    }
    failures += 1;
    throw new Error('disk full');
  };
  open(tell, enter, { ...db, run });
  await vi.waitFor(() => expect(entered).toEqual(['evt_1', 'evt_1']));
  expect(told).toEqual(['evt_1']);
  await vi.waitFor(async () => expect(await left('reports')).toEqual([]));
});

test('closing finishes the delivery under way and begins no other', async () => {
  await store('evt_1', 'evt_2');
  let answer = () => {};
  const outbox = open(tell, (event) => {
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    return enter(event).then(() => answered);
  });
  await vi.waitFor(() => expect(entered).toEqual(['evt_1']));
  let closed = false;
  const closing = outbox.close().then(() => {
    closed = true;
  });
  await db.ping();
  expect(closed).toBe(false);
  answer();
  await closing;
  expect(await left('reports')).toEqual(['evt_2']);
  outbox.kick();
  await db.ping();
  expect(entered).toEqual(['evt_1']);
});

test('closing does not wait for a follower that is down', async () => {
  await store('evt_1');
  let tries = 0;
  const outbox = open(tell, (event) => {
    tries += 1;
    return down(event);
  });
  // The fifth wait is the longest one, 1.6 s: closing ends it.
  await vi.waitFor(() => expect(tries).toBe(3));
  await outbox.close();
  expect(tries).toBe(3);
  expect(await left('reports')).toEqual(['evt_1']);
});
