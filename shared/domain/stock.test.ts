// domain/stock.test.ts: when an order can be had, and in which order its rows are locked.
// Run by vitest.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { theLastTeapot } from '../fixtures/products.ts';
import { inLockOrder, shortages } from './stock.ts';

const productIds = fc.constantFrom<string[]>(
  'prd_0001',
  'prd_0002',
  'prd_0010',
  'prd_0100',
  'prd_0161',
);
const lines = fc.uniqueArray(
  fc.record({ productId: productIds, quantity: fc.integer({ min: 1, max: 5 }) }),
  { selector: ({ productId }) => productId },
);
// Quantities as small as those of the lines, so that about half of the lines fall short.
const available = fc
  .array(fc.tuple(productIds, fc.integer({ min: 0, max: 5 })))
  .map((entries) => new Map(entries));

test('the last teapot can be had once and not twice', () => {
  const { id: productId, initialStock } = theLastTeapot;
  const left = new Map([[productId, initialStock]]);
  expect(shortages([{ productId, quantity: 1 }], left)).toBeNull();
  expect(shortages([{ productId, quantity: 2 }], left)).toEqual({ productId, wanted: 2, left: 1 });
});

test('a product nobody has heard of has none left', () => {
  const wanted = [{ productId: 'prd_9999', quantity: 3 }];
  expect(shortages(wanted, new Map())).toEqual({ productId: 'prd_9999', wanted: 3, left: 0 });
});

test('of two shortages the first line is told', () => {
  const wanted = [
    { productId: 'prd_0001', quantity: 1 },
    { productId: 'prd_0010', quantity: 4 },
    { productId: 'prd_0002', quantity: 9 },
  ];
  const left = new Map([
    ['prd_0001', 1],
    ['prd_0010', 3],
  ]);
  expect(shortages(wanted, left)).toEqual({ productId: 'prd_0010', wanted: 4, left: 3 });
});

test('there is no shortage exactly when every line fits', () => {
  fc.assert(
    fc.property(lines, available, (wanted, left) => {
      const fits = wanted.every(
        ({ productId, quantity }) => quantity <= (left.get(productId) ?? 0),
      );
      expect(shortages(wanted, left) === null).toBe(fits);
    }),
  );
});

test('a shortage names a line and the quantities it found', () => {
  fc.assert(
    fc.property(lines, available, (wanted, left) => {
      const short = shortages(wanted, left);
      if (!short) return;
      expect(wanted).toContainEqual({ productId: short.productId, quantity: short.wanted });
      expect(short.left).toBe(left.get(short.productId) ?? 0);
      expect(short.left).toBeLessThan(short.wanted);
    }),
  );
});

test('every order with the same products locks them in the same order', () => {
  const shuffled = lines.chain((wanted) =>
    fc.tuple(
      fc.constant(wanted),
      fc.shuffledSubarray(wanted, { minLength: wanted.length, maxLength: wanted.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([wanted, others]) => {
      expect(inLockOrder(others)).toEqual(inLockOrder(wanted));
    }),
  );
});

test('lines are locked by ascending id, and the caller’s list stays as it was', () => {
  const wanted = ['prd_0161', 'prd_0002', 'prd_0100', 'prd_0010'].map((productId) => ({
    productId,
    quantity: 1,
  }));
  const before = structuredClone(wanted);
  expect(inLockOrder(wanted).map(({ productId }) => productId)).toEqual([
    'prd_0002',
    'prd_0010',
    'prd_0100',
    'prd_0161',
  ]);
  expect(wanted).toEqual(before);
});
