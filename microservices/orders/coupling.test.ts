// orders/coupling.test.ts: which way events go, and when the switch refuses.
// Run by vitest; both ways to a follower are functions.
import type { Order } from '@lab/shared/contract/orders.ts';
import { alice } from '@lab/shared/fixtures/customers.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { readConfig } from './config.ts';
import { getCoupling, setCoupling } from './coupling.ts';
import { type FakeShop, fakeShop } from './fake-shop.ts';
import { couriersOf } from './neighbours.ts';
import { insertEvent } from './outbox.model.ts';
import { type Courier, createOutbox } from './outbox.ts';
import { createOutboxInTurn } from './outbox-in-turn.ts';
import { type Wiring, wiringOf } from './wiring.ts';

const both: Wiring = { initial: 'sync', missing: undefined };
const url = 'http://127.0.0.1:4007/000000000000/events';
const log = createLogger('orders', 'silent');

let db: Database;
let told: string[];
let queueIsDown: boolean;
beforeEach(async () => {
  db = await emptyDatabase(import.meta.url);
  [told, queueIsDown] = [[], false];
});

const shopWith = (wiring: Wiring): FakeShop => ({ ...fakeShop(db), wiring });

function way(name: string, isDown = () => false): Courier {
  return {
    mostAtOnce: 10,
    async deliver(events) {
      if (isDown()) throw new Error('nobody answers');
      told.push(...events.map(({ id }) => `${id} by ${name}`));
    },
  };
}

/** Only what notifications are told is looked at. */
function couriers(wiring = both) {
  const quiet: Courier = { mostAtOnce: 10, deliver: async () => {} };
  const notifications = { sync: way('call'), queue: way('queue', () => queueIsDown) };
  return couriersOf({ notifications, reports: { sync: quiet, queue: quiet } }, db, wiring);
}

async function store(id: string): Promise<void> {
  const time = '2026-11-28T09:30:00.000Z';
  const order = { id: `ord_${id}`, customerId: alice.id, totalCents: 1, placedAt: time };
  const data: Order = { ...order, status: 'confirmed', lines: [], rejection: null };
  await insertEvent(db, { id, type: 'order.confirmed', time, data });
}

test('each event goes the way that is chosen when it is looked at', async () => {
  const outbox = createOutboxInTurn(db, couriers(), log);
  const shop = shopWith(both);
  for (const [id, coupling] of [
    ['evt_1', 'queue'],
    ['evt_2', 'sync'],
    ['evt_3', 'queue'],
  ] as const) {
    await setCoupling(shop, { coupling });
    await store(id);
    await outbox.drain();
  }
  expect(told).toEqual(['evt_1 by queue', 'evt_2 by call', 'evt_3 by queue']);
});

test('what one way could not deliver goes the other way after a switch', async () => {
  const shop = shopWith(both);
  queueIsDown = true;
  await setCoupling(shop, { coupling: 'queue' });
  await store('evt_1');
  onTestFinished(createOutbox(db, couriers(), log).close);
  await vi.waitFor(async () => expect(await db.all('SELECT * FROM outbox')).toHaveLength(1));
  expect(told).toEqual([]);
  await setCoupling(shop, { coupling: 'sync' });
  await vi.waitFor(() => expect(told).toEqual(['evt_1 by call']));
});

test('every process of the database sees one switch, and a start does not turn it back', async () => {
  await setCoupling(shopWith(both), { coupling: 'queue' });
  const other = shopWith({ ...both, initial: 'sync' });
  expect(await getCoupling(other)).toEqual({ coupling: 'queue', choices: ['sync', 'queue'] });
});

test('what LAB_COUPLING says holds until somebody switches', async () => {
  const queues = { NOTIFICATIONS_QUEUE_URL: url, REPORTS_QUEUE_URL: url, PAYMENTS_QUEUE_URL: url };
  const env = { ...queues, LAB_COUPLING: 'queue' };
  const shop = shopWith(wiringOf(readConfig(env)));
  expect((await getCoupling(shop)).coupling).toBe('queue');
  await setCoupling(shop, { coupling: 'sync' });
  expect((await getCoupling(shop)).coupling).toBe('sync');
});

test('without a queue the switch is refused, names what is missing, and changes nothing', async () => {
  const shop = shopWith(wiringOf(readConfig({ NOTIFICATIONS_QUEUE_URL: url })));
  await expect(setCoupling(shop, { coupling: 'queue' })).rejects.toMatchObject({
    code: 'COUPLING_REFUSED',
    message: 'There is no queue: REPORTS_QUEUE_URL is not set.',
  });
  expect(await getCoupling(shop)).toEqual({ coupling: 'sync', choices: ['sync'] });
});

test('a switch that was set waits while its queues are gone', async () => {
  await setCoupling(shopWith(both), { coupling: 'queue' });
  await store('evt_1');
  const gone: Wiring = { initial: 'sync', missing: 'REPORTS_QUEUE_URL' };
  await createOutboxInTurn(db, couriers(gone), log).drain();
  expect(told).toEqual(['evt_1 by call']);
  expect((await getCoupling(shopWith(both))).coupling).toBe('queue');
});

test('a start with queues that are not there is refused with the variable', () => {
  expect(() => wiringOf(readConfig({ LAB_COUPLING: 'queue' }))).toThrow(
    'LAB_COUPLING is "queue": then NOTIFICATIONS_QUEUE_URL must name a queue.',
  );
});
