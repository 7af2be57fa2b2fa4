// test/catalog.contract.ts: what every shape's catalog does.
// Registered by suite.ts.
import { expect, test } from 'vitest';
import { categories, getProduct, listProducts, type Product } from '../contract/catalog.ts';
import { products, theLastTeapot } from '../fixtures/products.ts';
import { ask, refusal } from './asking.ts';
import type { Subject } from './subject.ts';

const anyone = { key: null };

export function catalogContract(subject: Subject): void {
  const page = (query: object) => ask(subject, listProducts, { query }, anyone);

  /** All pages of a listing, by following `nextCursor`. */
  async function allPages(query: { limit: number; category?: Product['category'] }) {
    const pages = [await page(query)];
    for (let cursor = pages[0]?.nextCursor; cursor; cursor = pages.at(-1)?.nextCursor) {
      pages.push(await page({ ...query, cursor }));
    }
    return pages.map(({ items }) => items);
  }

  const found = async (q: string) => (await page({ q, limit: 100 })).items.map(({ name }) => name);

  test('every product is told as the fixtures have it', async () => {
    const { initialStock: _, ...teapot } = theLastTeapot;
    const { id: productId } = teapot;
    expect(await ask(subject, getProduct, { params: { productId } }, anyone)).toEqual(teapot);
  });

  test('a product that is not sold is not found, and the answer names it', async () => {
    const params = { productId: 'prd_9999' };
    const problem = await refusal(subject, getProduct, { params }, anyone);
    expect(problem).toMatchObject({ status: 404, code: 'NOT_FOUND', id: 'prd_9999' });
  });

  test('twenty products make a page unless asked otherwise', async () => {
    expect((await page({})).items).toHaveLength(20);
    expect((await page({ limit: 1 })).items).toHaveLength(1);
    expect((await page({ limit: 100 })).items).toHaveLength(100);
  });

  test.each([7, 50, 100])(
    'pages of %i pass through all 200 products, no gap and no repeat',
    async (limit) => {
      const pages = await allPages({ limit });
      expect(pages.flat().map(({ id }) => id)).toEqual(products.map(({ id }) => id));
      expect(pages.slice(0, -1).every((items) => items.length === limit)).toBe(true);
      expect(pages.at(-1)?.length).toBeGreaterThan(0);
    },
  );

  test('each category shows its own twenty products, page by page', async () => {
    for (const category of categories) {
      const own = products.filter((product) => product.category === category);
      const ids = (await allPages({ limit: 8, category })).flat().map(({ id }) => id);
      expect(ids).toEqual(own.map(({ id }) => id));
    }
  });

  test('a search finds what has the words in its name, in either case', async () => {
    const named = products.filter(({ name }) => name.toLowerCase().includes('teapot'));
    expect(named.length).toBeGreaterThan(1);
    expect(await found('teapot')).toEqual(named.map(({ name }) => name));
    expect(await found('TEAPOT')).toEqual(await found('teapot'));
  });

  test('a search that finds nothing is an empty last page', async () => {
    expect(await page({ q: 'submarine' })).toEqual({ items: [], nextCursor: null });
  });

  test.each(['%', '_', '\\', "' OR '1'='1", '%teapot', 't_apot'])(
    'searching for %s finds only names that contain exactly that',
    async (q) => {
      const named = products.filter(({ name }) => name.includes(q));
      expect(await found(q)).toEqual(named.map(({ name }) => name));
    },
  );

  test('category and words narrow the search together', async () => {
    const { items } = await page({ q: 'teapot', category: 'tea', limit: 100 });
    expect(items.length).toBeGreaterThan(0);
    expect(items.every(({ category }) => category === 'tea')).toBe(true);
    expect((await page({ q: 'teapot', category: 'toys' })).items).toEqual([]);
  });

  test.each([
    ['a limit of 0', { limit: 0 }, 'query/limit'],
    ['a limit of 101', { limit: 101 }, 'query/limit'],
    ['an unknown category', { category: 'cars' }, 'query/category'],
    ['an empty search', { q: '' }, 'query/q'],
    ['a misspelt parameter', { limmit: 5 }, 'query'],
  ])('%s is refused, and the answer says where', async (_name, query, at) => {
    const problem = await refusal(subject, listProducts, { query: query as object }, anyone);
    expect(problem).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    expect(problem.errors).toEqual([expect.objectContaining({ at })]);
  });

  test('a cursor that was not given out is refused', async () => {
    for (const cursor of ['teapot', 'prd_0001']) {
      const problem = await refusal(subject, listProducts, { query: { cursor } }, anyone);
      expect(problem).toMatchObject({ status: 400, code: 'BAD_CURSOR' });
    }
  });
}
