// browser/basket.test.ts: pieces are added and taken out; an order is asked after, or called back.
import { productById } from '@lab/shared/fixtures/products.ts';
import type { ShopClient } from 'shop-sdk';
import { expect, test } from 'vitest';
import { changed, euros, totalCents } from './basket.ts';
import type { Called } from './called.ts';
import { type Placed, place } from './place.ts';

const [tea, other] = [productById('prd_0169'), productById('prd_0001')];

test('a product that is taken twice is one line of two, and none when both are put back', () => {
  const twice = changed(changed(changed([], tea, 1), other, 1), tea, 1);
  expect(twice.map(({ product, quantity }) => [product.id, quantity])).toEqual([
    [tea.id, 2],
    [other.id, 1],
  ]);
  expect(totalCents(twice)).toBe(2 * tea.priceCents + other.priceCents);
  expect(changed(changed(twice, tea, -1), tea, -1)).toHaveLength(1);
  expect(changed(changed([], tea, 99), tea, 1)[0]?.quantity).toBe(99);
  expect(euros(123_456)).toBe('€1,234.56');
});

const answer = (data: object) => Promise.resolve({ data, response: new Response() });
const wish = {
  ...{ basket: changed([], tea, 1), customerId: 'cus_alice', cardToken: 'tok_visa' },
  idempotencyKey: 'key-1',
};

test('an order that nobody waits for is asked after until it is decided, also over a silence', async () => {
  const asked: string[] = [];
  const states = ['placed', 'silence', 'confirmed'];
  const client = {
    placeOrder: ({ header }: { header?: object }) => {
      asked.push(JSON.stringify(header));
      return answer({ id: 'ord_1', status: 'placed' });
    },
    getOrder: () => {
      const status = states.shift();
      asked.push(status ?? '');
      return status === 'silence'
        ? Promise.reject(new Error('no'))
        : answer({ id: 'ord_1', status });
    },
  } as unknown as ShopClient;
  const told: Placed[] = [];
  const last = await place(client, { ...wish, later: true }, (one) => told.push(one));
  expect(asked).toEqual(['{"Prefer":"respond-async"}', 'placed', 'silence', 'confirmed']);
  expect(last).toMatchObject({ state: 'decided', order: { status: 'confirmed' } });
  expect(last.words).toMatch(/^✓ confirmed after \d+ ms, asked after 3 ×$/);
  expect(told.at(-1)).toEqual(last);
});

test('an order whose page is called tells the shop where, and asks after nothing', async () => {
  const sent: object[] = [];
  const client = {
    placeOrder: ({ body }: { body: object }) => {
      sent.push(body);
      return answer({ id: 'ord_1', status: 'placed' });
    },
  } as unknown as ShopClient;
  const order = Promise.resolve({ id: 'ord_1', status: 'rejected', rejection: 'OUT_OF_STOCK' });
  const called = { callbackUrl: 'http://a/b', order, close() {} } as unknown as Called;
  const last = await place(client, { ...wish, later: true, called }, () => {});
  expect(sent).toMatchObject([{ callbackUrl: 'http://a/b', customerId: 'cus_alice' }]);
  expect(last.words).toMatch(/^✖ rejected: OUT_OF_STOCK, after \d+ ms, called back$/);
});

const refusals = [
  [
    () => Promise.resolve({ error: { title: 'Declined', detail: 'The bank said no.' } }),
    'The bank said no.',
  ],
  [() => Promise.reject(new TypeError('fetch failed')), 'The shop does not answer.'],
] as const;

test.each(refusals)(
  'a refusal is said in the shop’s words, and so is silence',
  async (placeOrder, words) => {
    const client = { placeOrder } as unknown as ShopClient;
    const last = await place(client, { ...wish, later: false }, () => {});
    expect(last).toMatchObject({ state: 'decided', problem: true });
    expect(last.words).toContain(words);
  },
);
