// books/books-table.test.ts: ratios worked by hand, and the whole of it tried briefly on the real servers.
// Run by `npm test`.
import { afterAll, expect, test } from 'vitest';
import { createClosers } from '../closers.ts';
import { pairs } from './book-arms.ts';
import { booksText } from './books-table.ts';
import { type BooksBlock, measureBooks } from './measure-books.ts';

const held = {
  ...{ pastOrders: 1_000_000, readyMs: 12_340, idleBytes: 150e6, askedBytes: 200e6 },
  reports: [{ name: 'top products', medianMs: 41.4 }],
};
const block = (serviceUs: number, discarded = false): BooksBlock => ({
  entered: [
    { name: 'appender, 200 a commit', eventsPerSecond: 20_000, cpuUs: 50 },
    { name: 'service, 200 at once', eventsPerSecond: 2000, cpuUs: serviceUs },
  ],
  ...{ otherShare: 0.01, discarded },
});

test('medians, ranges and ratios are those of the accepted blocks', () => {
  const text = booksText({ held, blocks: [block(200), block(500), block(100), block(1, true)] });
  expect(text).toMatch(/service, 200 at once +2000 .* 200 \(100–500\) +0\.25 \(0\.10–0\.50\)/);
  expect(text).toMatch('With 1,000,000 past orders: ready 12.3 s');
  expect(text).toMatch('150 MB resident, 200 MB after reports: top products 41 ms.');
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});

test('without an accepted block there is no rate', () => {
  const text = booksText({ held, blocks: [block(200, true)] });
  expect(text).toMatch('not measured: every block was discarded');
});

const closers = createClosers();
afterAll(() => closers.closeAll(), 60_000);

test('the service enters what it is sent, with more than twice the CPU of the bare appender', async () => {
  const { held: books, blocks } = await measureBooks({
    ...{ blocks: 1, seconds: 0.5, pastOrders: 300, portBase: 19_500 },
    ...{ serverCore: undefined, defer: closers.defer, onStep: () => {} },
  });
  expect(books.idleBytes).toBeGreaterThan(50e6);
  expect(books.reports.map(({ name }) => name)).toEqual([
    'revenue by day',
    'revenue by category',
    'top products',
  ]);
  const [first] = blocks;
  const cpuOf = (name: string) =>
    first?.entered.find((entered) => entered.name === name)?.cpuUs ?? Number.NaN;
  expect(first?.entered.every(({ eventsPerSecond }) => eventsPerSecond > 0)).toBe(true);
  for (const { service, limit } of pairs.slice(1))
    expect(cpuOf(limit), limit).toBeLessThan(cpuOf(service) / 2);
}, 300_000);
