// orders/recovery.test.ts: what the rounds of recovery take, and what they leave to its request.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { draftOrder } from '@lab/shared/domain/order.ts';
import { products } from '@lab/shared/fixtures/products.ts';
import { newId } from '@lab/shared/runtime/call.ts';
import { type Database, openDatabase } from '@lab/shared/runtime/database.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { getOrder } from './controller.ts';
import { insertOrder } from './model.ts';
import { keepRecovering } from './recovery.ts';

let folder: string;
let db: Database;
let recovery: ReturnType<typeof keepRecovering> | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recovery-'));
  const schema = readFileSync(new URL('../schema.sql', import.meta.url), 'utf8');
  db = await openDatabase({ url: `file:${folder}/shop.db`, schema });
});
afterEach(async () => {
  vi.useRealTimers();
  await recovery?.close();
  await db.close();
  rmSync(folder, { recursive: true });
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
  recovery = keepRecovering({ db }, createLogger('monolith', 'silent'));
  const live = await leavePlaced(new Date());
  await vi.waitFor(async () => expect(await statusOf(earlier)).toBe('rejected'));
  expect(await statusOf(live)).toBe('placed');
});

test('an order whose rejection could not be written is rejected after a minute', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  recovery = keepRecovering({ db }, createLogger('monolith', 'silent'));
  const stuck = await leavePlaced(new Date());
  vi.setSystemTime(Date.now() + 59_000);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect(await statusOf(stuck)).toBe('placed');
  vi.setSystemTime(Date.now() + 2000);
  await vi.waitFor(async () => expect(await statusOf(stuck)).toBe('rejected'), 5000);
  expect((await getOrder({ db }, stuck)).rejection).toBe('INTERRUPTED');
});
