// orders/recovery.test.ts: what the rounds of recovery take, and what they leave to its request.
import { draftOrder } from '@lab/shared/domain/order.ts';
import { products } from '@lab/shared/fixtures/products.ts';
import { newId } from '@lab/shared/runtime/call.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { getOrder } from './controller.ts';
import { insertOrder } from './model.ts';
import { keepRecovering } from './recovery.ts';

const silent = createLogger('monolith', 'silent');
let db: Database;
let recovery: ReturnType<typeof keepRecovering> | undefined;

beforeEach(async () => {
  db = await emptyDatabase(import.meta.url);
});
afterEach(async () => {
  vi.useRealTimers();
  await recovery?.close();
});

/** An order whose request is still at work, or never will be again. */
async function leavePlaced(placedAt: Date): Promise<string> {
  const id = newId('ord');
  const lines = [{ productId: 'prd_0002', quantity: 1 }];
  const input = { customerId: 'cus_alice', lines, cardToken: 'tok_visa' };
  const order = draftOrder({ id, input, products, placedAt: placedAt.toISOString() });
  await insertOrder(db, order, { key: id, fingerprint: '' });
  return id;
}

const statusOf = async (id: string) => (await getOrder({ db }, id)).status;

test('an order of an earlier process is rejected at the start, one of this process is left', async () => {
  const earlier = await leavePlaced(new Date(Date.now() - 5));
  recovery = keepRecovering({ db }, silent, { isAlone: true });
  const live = await leavePlaced(new Date());
  await vi.waitFor(async () => expect(await statusOf(earlier)).toBe('rejected'));
  expect(await statusOf(live)).toBe('placed');
});

test('an order whose rejection could not be written is rejected after a minute', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  recovery = keepRecovering({ db }, silent, { isAlone: true });
  const stuck = await leavePlaced(new Date());
  vi.setSystemTime(Date.now() + 59_000);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(await statusOf(stuck)).toBe('placed');
  vi.setSystemTime(Date.now() + 2000);
  await vi.waitFor(async () => expect(await statusOf(stuck)).toBe('rejected'), 5000);
  expect((await getOrder({ db }, stuck)).rejection).toBe('INTERRUPTED');
});

test('beside other workers an order is left to them, until it is too old to be under way', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const theirs = await leavePlaced(new Date(Date.now() - 5000));
  const abandoned = await leavePlaced(new Date(Date.now() - 11_000));
  recovery = keepRecovering({ db }, silent, { isAlone: false });
  await vi.waitFor(async () => expect(await statusOf(abandoned)).toBe('rejected'));
  expect(await statusOf(theirs)).toBe('placed');
  vi.setSystemTime(Date.now() + 6000);
  await vi.waitFor(async () => expect(await statusOf(theirs)).toBe('rejected'), 5000);
});
