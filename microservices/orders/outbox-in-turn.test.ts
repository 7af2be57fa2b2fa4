// orders/outbox-in-turn.test.ts: what a function delivers at the end of an invocation, and by the clock.
// Run by vitest; the followers are functions.
import type { Order } from '@lab/shared/contract/orders.ts';
import { alice } from '@lab/shared/fixtures/customers.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { beforeEach, expect, test } from 'vitest';
import { insertEvent } from './outbox.model.ts';
import type { ChosenCourier } from './outbox.ts';
import { createOutboxInTurn } from './outbox-in-turn.ts';

let db: Database;
let told: string[];
let entered: string[];
let reportsAreDown: boolean;
beforeEach(async () => {
  db = await emptyDatabase(import.meta.url);
  [told, entered, reportsAreDown] = [[], [], false];
});

const notifications = courier(async (ids) => void told.push(...ids));
const reports = courier(async (ids) => {
  if (reportsAreDown) throw new Error('nobody answers');
  entered.push(...ids);
});

function courier(take: (ids: string[]) => Promise<void>): ChosenCourier {
  return async () => ({ mostAtOnce: 10, deliver: (events) => take(events.map(({ id }) => id)) });
}

const open = () =>
  createOutboxInTurn(db, { notifications, reports }, createLogger('orders', 'silent'));

/** `count` events, the oldest first. @returns their ids */
async function store(count: number): Promise<string[]> {
  const time = '2026-11-25T09:30:00.000Z';
  const ids = Array.from({ length: count }, (_, at) => `evt_${String(at).padStart(3, '0')}`);
  for (const id of ids) {
    const order = { id: `ord_${id}`, customerId: alice.id, totalCents: 1, placedAt: time };
    const data: Order = { ...order, status: 'confirmed', lines: [], rejection: null };
    await insertEvent(db, { id, type: 'order.confirmed', time, data });
  }
  return ids;
}

test('an invocation that stored nothing delivers nothing', async () => {
  await store(1);
  await open().settle();
  expect([told, entered]).toEqual([[], []]);
});

test('an invocation that stored something has delivered it when it ends', async () => {
  const outbox = open();
  const ids = await store(2);
  outbox.kick();
  await outbox.settle();
  expect([told, entered]).toEqual([ids, ids]);
  await outbox.settle();
  expect(await db.all('SELECT * FROM outbox')).toEqual([]);
});

test('an invocation does not work off a long backlog; the schedule does', async () => {
  const outbox = open();
  const ids = await store(120);
  outbox.kick();
  await outbox.settle();
  expect(told).toEqual(ids.slice(0, 50));
  await outbox.drain();
  expect([told, entered]).toEqual([ids, ids]);
});

test('what a follower did not take waits for the schedule, and fails nobody', async () => {
  const outbox = open();
  const ids = await store(1);
  reportsAreDown = true;
  outbox.kick();
  await outbox.settle();
  await outbox.drain();
  expect([told, entered]).toEqual([ids, []]);
  reportsAreDown = false;
  await outbox.drain();
  expect([told, entered]).toEqual([ids, ids]);
});
