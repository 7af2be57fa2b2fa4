// test/reports.contract.ts: the books of every shape agree with its orders, to the cent.
// Registered by suite.ts.
import { expect, test } from 'vitest';
import { listOrders, type Order } from '../contract/orders.ts';
import { type RevenueReport, revenueReport, topProducts } from '../contract/reports.ts';
import { customers } from '../fixtures/customers.ts';
import { productById } from '../fixtures/products.ts';
import { ask, refusal, send } from './asking.ts';
import { buy, cancel, lineOf } from './shopping.ts';
import type { Subject } from './subject.ts';

const rooibos = productById('prd_0169');
const dayOf = ({ placedAt }: Pick<Order, 'placedAt'>) => placedAt.slice(0, 10);

export function reportsContract(subject: Subject): void {
  sums(subject);
  costs(subject);
  changes(subject);
  refusals(subject);
}

const revenue = (subject: Subject, query: object): Promise<RevenueReport> =>
  ask(subject, revenueReport, { query: query as { by: 'day' } });

function sums(subject: Subject): void {
  test('by day and by category the same money comes out, row by row and in total', async () => {
    await subject.settled(async () => {
      const [byDay, byCategory] = [
        await revenue(subject, { by: 'day' }),
        await revenue(subject, { by: 'category' }),
      ];
      for (const { rows, totalCents } of [byDay, byCategory]) {
        expect(rows.reduce((sum, row) => sum + row.revenueCents, 0)).toBe(totalCents);
        expect(rows.map(({ key }) => key)).toEqual(rows.map(({ key }) => key).sort());
      }
      expect(byCategory.totalCents).toBe(byDay.totalCents);
      expect(byDay.totalCents).toBeGreaterThan(0);
    });
  });

  test('the past of a dozen customers adds up to the books, to the cent', async () => {
    const past = (await Promise.all(customers.map(({ id }) => allOrders(subject, id)))).flat();
    // Two days back: no midnight during this run can add a day to it.
    const to = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
    const counted = past.filter((order) => order.status === 'confirmed' && dayOf(order) <= to);
    const { rows, totalCents } = await revenue(subject, { by: 'day', to });
    expect(counted.length).toBeGreaterThan(0);
    expect(totalCents).toBe(counted.reduce((sum, order) => sum + order.totalCents, 0));
    expect(rows.reduce((sum, row) => sum + row.orders, 0)).toBe(counted.length);
  });

  test('from one day to another both days count, and none beyond', async () => {
    const { rows } = await revenue(subject, { by: 'day' });
    const [from, to] = [rows[3], rows[6]].map((row) => row?.key ?? '');
    const some = await revenue(subject, { by: 'day', from, to });
    expect(some.rows).toEqual(rows.slice(3, 7));
    expect((await revenue(subject, { by: 'day', from: '2999-01-01' })).rows).toEqual([]);
  });
}

function costs(subject: Subject): void {
  test('a report says how long it took', async () => {
    for (const answer of [
      await send(subject, revenueReport, { query: { by: 'day' } }),
      await send(subject, topProducts, {}),
    ])
      expect(answer.headers.get('server-timing')).toMatch(/^work;dur=\d+\.\d$/);
  });
}

function changes(subject: Subject): void {
  test('an order enters the books, and its cancellation takes it out again', async () => {
    const category = async () => {
      const { rows } = await revenue(subject, { by: 'category' });
      return rows.find(({ key }) => key === rooibos.category);
    };
    const before = await settledBooks(subject, category);
    const order = await buy(subject, [lineOf(rooibos, 5)]);
    await subject.settled(async () =>
      expect(await category()).toEqual({
        key: rooibos.category,
        orders: (before?.orders ?? 0) + 1,
        quantity: (before?.quantity ?? 0) + 5,
        revenueCents: (before?.revenueCents ?? 0) + 5 * rooibos.priceCents,
      }),
    );
    await cancel(subject, order);
    await subject.settled(async () => expect(await category()).toEqual(before));
  });

  test('the books say up to which order they know', async () => {
    const order = await buy(subject, [lineOf(rooibos)]);
    await subject.settled(async () => {
      expect((await revenue(subject, { by: 'day' })).asOf).toBe(order.placedAt);
      expect((await ask(subject, topProducts)).asOf).toBe(order.placedAt);
    });
  });

  test('what sells best comes first, and a large order moves a product up', async () => {
    const best = async () => (await ask(subject, topProducts, { query: { limit: 100 } })).items;
    const earlier = await best();
    const cents = earlier.map(({ revenueCents }) => revenueCents);
    expect(cents).toEqual([...cents].sort((a, b) => b - a));
    expect((await ask(subject, topProducts)).items).toHaveLength(10);
    const revenueOf = (items: typeof earlier) =>
      items.find(({ productId }) => productId === rooibos.id)?.revenueCents ?? 0;
    await buy(subject, [lineOf(rooibos, 99)]);
    await subject.settled(async () =>
      expect(revenueOf(await best())).toBeGreaterThanOrEqual(
        revenueOf(earlier) + 99 * rooibos.priceCents,
      ),
    );
  });
}

function refusals(subject: Subject): void {
  test.each([
    ['no grouping', {}, 'query'],
    ['an unknown grouping', { by: 'week' }, 'query/by'],
    ['a day that does not exist', { by: 'day', from: '2026-02-30' }, 'query/from'],
    ['an absurd day', { by: 'category', to: '20261-01-01' }, 'query/to'],
    ['days in the wrong order', { by: 'day', from: '2026-11-22', to: '2026-11-21' }, 'query/to'],
  ])('a report with %s is refused, and the answer says where', async (_name, query, at) => {
    const problem = await refusal(subject, revenueReport, { query: query as { by: 'day' } });
    expect(problem).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    expect(problem.errors).toEqual([expect.objectContaining({ at })]);
  });
}

async function allOrders(subject: Subject, customerId: string): Promise<Order[]> {
  const orders: Order[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { customerId, limit: 100, ...(cursor && { cursor }) };
    const page: { items: Order[]; nextCursor: string | null } = await ask(subject, listOrders, {
      query,
    });
    orders.push(...page.items);
    cursor = page.nextCursor;
  }
  return orders;
}

/** What `look` gives once the books know the newest order: nothing earlier is on its way then. */
async function settledBooks<Seen>(subject: Subject, look: () => Promise<Seen>): Promise<Seen> {
  const { placedAt } = await buy(subject, [lineOf(rooibos)]);
  await subject.settled(async () =>
    expect((await revenue(subject, { by: 'day' })).asOf).toBe(placedAt),
  );
  return look();
}
