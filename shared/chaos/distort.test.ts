// chaos/distort.test.ts: an answer made wrong must still look right.
// Run by vitest.
import { expect, test } from 'vitest';
import { Product } from '../contract/catalog.ts';
import { Order } from '../contract/orders.ts';
import { RevenueReport } from '../contract/reports.ts';
import { fits } from '../contract/validate.ts';
import { pastOrders } from '../fixtures/past-orders.ts';
import { theLastTeapot } from '../fixtures/products.ts';
import { distort } from './distort.ts';

const { initialStock: _stock, ...teapot } = theLastTeapot;

test('money becomes ten times as much, and counts one more', () => {
  expect(distort({ totalCents: 250, quantity: 3, left: 0 })).toEqual({
    totalCents: 2500,
    quantity: 4,
    left: 1,
  });
});

test('words, truths, nulls and nothing stay as they are', () => {
  const kept = { id: 'ord_1', ready: true, rejection: null, missing: undefined };
  expect(distort(kept)).toEqual(kept);
  expect(distort(undefined)).toBeUndefined();
});

test('what is inside of lists and objects is wrong as well', () => {
  expect(distort([{ lines: [{ unitPriceCents: 1 }, { unitPriceCents: 2 }] }, 7])).toEqual([
    { lines: [{ unitPriceCents: 10 }, { unitPriceCents: 20 }] },
    8,
  ]);
});

test('the right answer itself is not touched', () => {
  const right = { lines: [{ totalCents: 5 }] };
  const wrong = distort(right);
  expect(right).toEqual({ lines: [{ totalCents: 5 }] });
  expect(wrong.lines).not.toBe(right.lines);
});

test('a wrong answer is different, and fits the contract all the same', () => {
  const [order] = pastOrders({ seed: 1, count: 1, before: '2026-11-22T00:00:00.000Z' });
  const row = { key: 'tea', orders: 1, quantity: 2, revenueCents: 300 };
  const report = { rows: [row], totalCents: 300, asOf: null };
  for (const [schema, right] of [
    [Product, teapot],
    [Order, order],
    [RevenueReport, report],
  ] as const) {
    const check = fits(schema);
    expect(check(right)).toBeNull();
    expect(check(distort(right))).toBeNull();
    expect(distort(right)).not.toEqual(right);
  }
});
