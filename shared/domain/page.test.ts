// domain/page.test.ts: a listing cut into pages by key.
// Run by vitest; the rows are in an array.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeCursor } from './cursor.ts';
import { pageThrough } from './page.ts';

/** Reads as a model does: what comes after an id, in the order of ids, so many rows. */
const readerOf = (ids: string[]) => async (afterId: string, rows: number) =>
  ids
    .filter((id) => id > afterId)
    .slice(0, rows)
    .map((id) => ({ id }));

async function readAll(ids: string[], limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const query = { limit, ...(cursor !== undefined && { cursor }) };
    const page = await pageThrough(query, readerOf(ids));
    pages.push(page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return pages;
}

test('the pages joined are the listing; all but the last are full, and none is empty', async () => {
  const listings = fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(listings, fc.integer({ min: 1, max: 12 }), async (numbers, limit) => {
      const ids = numbers.map((number) => `prd_${String(number).padStart(4, '0')}`).sort();
      const pages = await readAll(ids, limit);
      expect(pages.flat()).toEqual(ids);
      expect(pages).toHaveLength(Math.ceil(ids.length / limit));
      for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit);
    }),
  );
});

test('a page that is full to the last row is the last one', async () => {
  expect(await readAll(['a', 'b', 'c', 'd'], 2)).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

test('nothing at all is one empty page', async () => {
  expect(await pageThrough({}, readerOf([]))).toEqual({ items: [], nextCursor: null });
});

test('a page holds 20 where nothing else is asked for', async () => {
  const ids = Array.from({ length: 30 }, (_, at) => `prd_${at + 10}`);
  expect((await pageThrough({}, readerOf(ids))).items).toHaveLength(20);
});

test('a row that comes or goes before the cursor shifts no page', async () => {
  const first = await pageThrough({ limit: 2 }, readerOf(['b', 'c', 'd', 'e']));
  const cursor = first.nextCursor ?? '';
  const second = await pageThrough({ limit: 2, cursor }, readerOf(['a', 'c', 'd', 'e']));
  expect(second.items).toEqual([{ id: 'd' }, { id: 'e' }]);
});

test('a cursor that nobody gave out is refused before anything is read', async () => {
  let reads = 0;
  const read = async () => {
    reads += 1;
    return [];
  };
  const cursor = `${encodeCursor('prd_0001')}x`;
  await expect(pageThrough({ cursor }, read)).rejects.toMatchObject({ code: 'BAD_CURSOR' });
  expect(reads).toBe(0);
});
