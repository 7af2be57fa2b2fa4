// catalog/controller.test.ts: browsing and prices, on a database seeded with the fixtures.
// Run by vitest; its twin has the same tests.
import { products, theLastTeapot } from '@lab/shared/fixtures/products.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { emptyDatabase } from '@lab/shared/test/empty-database.ts';
import { beforeEach, expect, test } from 'vitest';
import * as catalog from './controller.ts';
import { seedProducts } from './model.ts';

let db: Database;
beforeEach(async () => {
  db = await emptyDatabase(import.meta.url);
  await seedProducts(db);
});

const { initialStock: _stock, ...teapot } = theLastTeapot;

test('the pages joined are the whole catalog, each product once, in the order of ids', async () => {
  const seen: string[] = [];
  let cursor: string | null | undefined;
  let pages = 0;
  while (cursor !== null) {
    const page = await catalog.listProducts(db, { limit: 30, ...(cursor && { cursor }) });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
    pages += 1;
  }
  expect(seen).toEqual(products.map(({ id }) => id));
  expect(pages).toBe(7);
});

test('a search finds part of a name in whatever case', async () => {
  const { items } = await catalog.listProducts(db, { q: 'lAsT tEa' });
  expect(items).toEqual([teapot]);
});

test('what is a wildcard to the database is a letter to a customer', async () => {
  for (const q of ['%', '_', '\\', '%teapot']) {
    expect((await catalog.listProducts(db, { q })).items).toEqual([]);
  }
});

test('a category holds its own products only, and a search stays inside it', async () => {
  const tea = await catalog.listProducts(db, { category: 'tea', limit: 100 });
  const expected = products.filter(({ category }) => category === 'tea');
  expect(tea.items.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  const inBooks = await catalog.listProducts(db, { category: 'books', q: 'last teapot' });
  expect(inBooks).toEqual({ items: [], nextCursor: null });
});

test('the last teapot is described as in the fixtures', async () => {
  expect(await catalog.getProduct(db, teapot.id)).toEqual(teapot);
});

test('a product that is not sold here is named', async () => {
  const missing = catalog.getProduct(db, 'prd_9999');
  await expect(missing).rejects.toMatchObject({
    status: 404,
    code: 'NOT_FOUND',
    values: { what: 'product', id: 'prd_9999' },
  });
});

test('prices leave out what is not sold', async () => {
  const prices = await catalog.getPrices(db, ['prd_9999', teapot.id, 'prd_0001']);
  expect(prices.map(({ id, priceCents }) => [id, priceCents]).sort()).toEqual([
    ['prd_0001', products[0]?.priceCents],
    [teapot.id, teapot.priceCents],
  ]);
});

test('seeding again leaves a changed price alone', async () => {
  await db.run('UPDATE products SET price_cents = 1 WHERE id = $1', [teapot.id]);
  await seedProducts(db);
  expect(await catalog.getProduct(db, teapot.id)).toEqual({ ...teapot, priceCents: 1 });
});
