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

// DIFFERS: the caller brings the transaction and the lines, docs/decisions/0006
const take = (wanted = lines) => db.transaction((tx) => inventory.takeStock(tx, wanted));
const putBack = () => db.transaction((tx) => inventory.returnStock(tx, lines));

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

// DIFFERS: a look before the card is asked, docs/decisions/0007
test('a look at the stock refuses what taking would refuse, and takes nothing', async () => {
  await inventory.checkStock(db, lines);
  expect(await left(theLastTeapot)).toBe(1);
  const twoTeapots = [{ productId: theLastTeapot.id, quantity: 2 }];
  await expect(inventory.checkStock(db, twoTeapots)).rejects.toMatchObject({
    code: 'OUT_OF_STOCK',
    values: { productId: theLastTeapot.id, wanted: 2, left: 1 },
  });
});
