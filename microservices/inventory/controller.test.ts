// inventory/controller.test.ts: stock taken and put back, on a database seeded with the fixtures.
// Run by vitest; its twin has the same tests, save what follows the last DIFFERS.
import { productById, theLastTeapot } from '@lab/shared/fixtures/products.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { beforeEach, expect, test } from 'vitest';
import * as inventory from './controller.ts';
import { seedStock } from './model.ts';

const manyPencils = productById('prd_0001');
const lines = [
  { productId: theLastTeapot.id, quantity: 1 },
  { productId: manyPencils.id, quantity: 3 },
];

let db: Database;
beforeEach(async () => {
  db = await emptyDatabase(import.meta.url);
  await seedStock(db);
});

async function left(product: { id: string }): Promise<number> {
  return (await inventory.getStock(db, product.id)).available;
}

// DIFFERS: an order has its stock by its id, and its caller may ask twice, docs/decisions/0006
const orderId = 'ord_alice1';
const take = (wanted = lines) => inventory.takeStock(db, { orderId, lines: wanted });
const putBack = () => inventory.returnStock(db, orderId);

test('the shop opens with the stock of the fixtures', async () => {
  expect(await inventory.getStock(db, theLastTeapot.id)).toEqual({
    productId: theLastTeapot.id,
    available: 1,
  });
});

test('the stock of a product that is not sold here is not found', async () => {
  await expect(inventory.getStock(db, 'prd_9999')).rejects.toMatchObject({
    code: 'NOT_FOUND',
    values: { what: 'product', id: 'prd_9999' },
  });
});

test('taking stock takes every line', async () => {
  await take();
  expect(await left(theLastTeapot)).toBe(0);
  expect(await left(manyPencils)).toBe(manyPencils.initialStock - 3);
});

test('a line that is short takes nothing, and says how much is left', async () => {
  const twoTeapots = { productId: theLastTeapot.id, quantity: 2 };
  const refused = take([{ productId: manyPencils.id, quantity: 3 }, twoTeapots]);
  await expect(refused).rejects.toMatchObject({
    status: 409,
    code: 'OUT_OF_STOCK',
    values: { productId: theLastTeapot.id, wanted: 2, left: 1 },
  });
  expect(await left(theLastTeapot)).toBe(1);
  expect(await left(manyPencils)).toBe(manyPencils.initialStock);
});

test('what was never stocked has none left', async () => {
  await expect(take([{ productId: 'prd_9999', quantity: 1 }])).rejects.toMatchObject({
    values: { productId: 'prd_9999', wanted: 1, left: 0 },
  });
});

test('putting stock back makes it whole', async () => {
  await take();
  await putBack();
  expect(await left(theLastTeapot)).toBe(1);
  expect(await left(manyPencils)).toBe(manyPencils.initialStock);
});

// DIFFERS: callers repeat what they got no answer to, docs/decisions/0006
test('taking twice for one order takes once and answers alike', async () => {
  expect(await take()).toEqual({ orderId, status: 'taken' });
  expect(await take()).toEqual({ orderId, status: 'taken' });
  expect(await left(manyPencils)).toBe(manyPencils.initialStock - 3);
});

test('putting back twice puts back once', async () => {
  await take();
  expect(await putBack()).toEqual({ orderId, status: 'returned' });
  expect(await putBack()).toEqual({ orderId, status: 'returned' });
  expect(await left(manyPencils)).toBe(manyPencils.initialStock);
});

test('an order that was called off before it took stock takes none later', async () => {
  expect(await putBack()).toEqual({ orderId, status: 'returned' });
  await expect(take()).rejects.toMatchObject({
    status: 409,
    code: 'RESERVATION_RETURNED',
    values: { orderId },
  });
  expect(await left(theLastTeapot)).toBe(1);
});

test('an order that was refused may try again when there is stock', async () => {
  const twoTeapots = [{ productId: theLastTeapot.id, quantity: 2 }];
  await expect(take(twoTeapots)).rejects.toMatchObject({ code: 'OUT_OF_STOCK' });
  await db.run('UPDATE stock SET available = 2 WHERE product_id = $1', [theLastTeapot.id]);
  expect(await take(twoTeapots)).toEqual({ orderId, status: 'taken' });
  expect(await left(theLastTeapot)).toBe(0);
});
