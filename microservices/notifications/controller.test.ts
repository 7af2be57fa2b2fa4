// notifications/controller.test.ts: what customers are told, on an empty database.
// Run by vitest; its twin has the same tests.
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import { alice, bob } from '@lab/shared/fixtures/customers.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { beforeEach, expect, test } from 'vitest';
import * as notifications from './controller.ts';

let db: Database;
beforeEach(async () => {
  db = await emptyDatabase(import.meta.url);
});

const time = '2026-11-22T09:30:00.000Z';

function event(id: string, type: OrderEvent['type'], customerId = alice.id): OrderEvent {
  const status = type === 'order.confirmed' ? 'confirmed' : 'cancelled';
  const order = { id: 'ord_1', customerId, status, totalCents: 15_080, placedAt: time } as const;
  return { id, type, time, data: { ...order, lines: [], rejection: null } };
}

const told = async (customerId: string) =>
  (await notifications.listNotifications(db, { customerId })).items;

test('a confirmed order is told once, with its total', async () => {
  const confirmed = event('evt_1', 'order.confirmed');
  expect(await notifications.tellCustomer(db, confirmed)).toEqual({ accepted: true });
  expect(await told(alice.id)).toEqual([
    {
      id: 'ntf_1',
      customerId: alice.id,
      orderId: 'ord_1',
      kind: 'order.confirmed',
      text: 'Thank you: your order over 150.80 EUR is confirmed.',
      sentAt: time,
    },
  ]);
});

test('an event that comes again tells nobody again', async () => {
  const confirmed = event('evt_1', 'order.confirmed');
  await notifications.tellCustomer(db, confirmed);
  expect(await notifications.tellCustomer(db, confirmed)).toEqual({ accepted: false });
  expect(await told(alice.id)).toHaveLength(1);
});

test('a cancellation says that the money comes back', async () => {
  await notifications.tellCustomer(db, event('evt_1', 'order.cancelled'));
  const [cancelled] = await told(alice.id);
  expect(cancelled?.kind).toBe('order.cancelled');
  expect(cancelled?.text).toBe(
    'Your order over 150.80 EUR is cancelled, the money is on its way back.',
  );
});

test('everybody reads only what they were told, newest first, page by page', async () => {
  for (const id of ['evt_1', 'evt_2', 'evt_3']) {
    await notifications.tellCustomer(db, event(id, 'order.confirmed'));
  }
  await notifications.tellCustomer(db, event('evt_4', 'order.confirmed', bob.id));
  expect((await told(bob.id)).map(({ id }) => id)).toEqual(['ntf_4']);
  const query = { customerId: alice.id, limit: 2 };
  const newest = await notifications.listNotifications(db, query);
  expect(newest.items.map(({ id }) => id)).toEqual(['ntf_3', 'ntf_2']);
  const cursor = newest.nextCursor ?? '';
  const rest = await notifications.listNotifications(db, { ...query, cursor });
  expect(rest.items.map(({ id }) => id)).toEqual(['ntf_1']);
  expect(rest.nextCursor).toBeNull();
});
