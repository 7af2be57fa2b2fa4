// orders/recovery.test.ts: what is finished at the start and every second after.
// Run by vitest; orders are put into the table as a killed process leaves them.
import { draftOrder } from '@lab/shared/domain/order.ts';
import { problem } from '@lab/shared/domain/problems.ts';
import { alice } from '@lab/shared/fixtures/customers.ts';
import { products, theLastTeapot } from '@lab/shared/fixtures/products.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { getOrder } from './controller.ts';
import { type FakeShop, fakeShop, type Meets } from './fake-shop.ts';
import { insertOrder } from './model.ts';
import { keepRecovering, recoverOnce } from './recovery.ts';

let db: Database;
let shop: FakeShop;
let meets: Meets;
beforeEach(async () => {
  db = await emptyDatabase(import.meta.url);
  meets = {};
  shop = fakeShop(db, meets);
});

/** An order that somebody began to place `ageMs` ago; its stock is taken. */
async function begun(id: string, ageMs: number): Promise<void> {
  const lines = [{ productId: theLastTeapot.id, quantity: 1 }];
  const input = { customerId: alice.id, lines, cardToken: 'tok_visa' };
  const placedAt = new Date(Date.now() - ageMs).toISOString();
  await insertOrder(db, draftOrder({ id, input, products, placedAt }), {
    key: id,
    fingerprint: '',
  });
  shop.taken.add(id);
}

function start(on = shop, isAlone = true) {
  const recovery = keepRecovering(on, createLogger('orders', 'silent'), { isAlone });
  onTestFinished(recovery.close);
  return recovery;
}

const statusOf = async (id: string) => (await getOrder(shop, id)).status;
const patience = { timeout: 10_000 };

test('what an earlier process left is called off and given back', async () => {
  await begun('ord_left', 5);
  start();
  await vi.waitFor(async () => expect(await statusOf('ord_left')).toBe('rejected'));
  await vi.waitFor(() => expect([...shop.taken]).toEqual([]));
});

test('what could not be given back is asked for again a round later', async () => {
  await begun('ord_left', 5);
  meets.return = () => {
    delete meets.return;
    throw problem('dependencyUnavailable', 'down', { dependency: 'inventory' });
  };
  start();
  await vi.waitFor(async () => expect(await statusOf('ord_left')).toBe('rejected'));
  expect([...shop.taken]).toEqual(['ord_left']);
  // Rounds take what is older than this process, or than any checkout of it: let it be so.
  await db.run(`UPDATE orders SET moved_at = '2026-01-01T00:00:00.000Z'`);
  await vi.waitFor(() => expect([...shop.taken]).toEqual([]), patience);
});

test('an order that is being placed right now is left alone', async () => {
  await begun('ord_left', 5);
  await begun('ord_now', -60_000);
  start();
  await vi.waitFor(async () => expect(await statusOf('ord_left')).toBe('rejected'));
  expect(await statusOf('ord_now')).toBe('placed');
});

test('beside another replica an order is left to it, until it is too old to be under way', async () => {
  await begun('ord_theirs', 5000);
  await begun('ord_abandoned', 11_000);
  start(shop, false);
  await vi.waitFor(async () => expect(await statusOf('ord_abandoned')).toBe('rejected'));
  expect(await statusOf('ord_theirs')).toBe('placed');
});

test('a single round leaves to others what they may be at, and never fails', async () => {
  const log = createLogger('orders', 'silent');
  await begun('ord_theirs', 5000);
  await begun('ord_abandoned', 11_000);
  await recoverOnce(shop, log);
  expect(await statusOf('ord_abandoned')).toBe('rejected');
  expect(await statusOf('ord_theirs')).toBe('placed');
  const all = () => Promise.reject(new Error('disk full'));
  await recoverOnce({ ...shop, db: { ...db, all } }, log);
});

test('a round that fails is followed by another one', async () => {
  await begun('ord_left', 5);
  let failures = 0;
  const all: Database['all'] = async (sql, params) => {
    failures += 1;
    if (failures === 1) throw problem('interrupted', 'somebody else was faster');
    return db.all(sql, params);
  };
  start({ ...shop, db: { ...db, all } });
  await vi.waitFor(async () => expect(await statusOf('ord_left')).toBe('rejected'), patience);
});

test('closing waits for the round under way', async () => {
  await begun('ord_left', 5);
  await db.run(`UPDATE orders SET status = 'rejected', moved_at = '2026-01-01T00:00:00.000Z'`);
  let answer = () => {};
  meets.return = () =>
    new Promise<void>((resolve) => {
      answer = resolve;
    });
  const recovery = start();
  await vi.waitFor(() => expect(shop.steps).toContain('return'));
  let closed = false;
  const closing = recovery.close().then(() => {
    closed = true;
  });
  await db.ping();
  expect(closed).toBe(false);
  answer();
  await closing;
  expect([...shop.taken]).toEqual([]);
});
