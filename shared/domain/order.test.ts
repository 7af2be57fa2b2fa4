// domain/order.test.ts: what an order costs and where it may go.
// Run by vitest; the people and the products are the fixtures.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type NewOrder, type Order, type OrderStatus, orderStatuses } from '../contract/orders.ts';
import { alice } from '../fixtures/customers.ts';
import { productById, products, theLastTeapot } from '../fixtures/products.ts';
import { becomes, canBecome, draftOrder, transitions } from './order.ts';
import { Problem } from './problems.ts';

const pencil = products.find(({ name }) => name === 'The Plain Pencil') ?? theLastTeapot;
const placedAt = '2026-11-22T09:30:00.000Z';

const quantities = fc.integer({ min: 1, max: 99 });
const lines = fc.uniqueArray(
  fc.record({
    productId: fc.constantFrom(...products.map(({ id }) => id)),
    quantity: quantities,
  }),
  { selector: ({ productId }) => productId, minLength: 1, maxLength: 50 },
);

function draft(wanted: NewOrder['lines']): Order {
  const input = { customerId: alice.id, lines: wanted, cardToken: 'tok_visa' };
  return draftOrder({ id: 'ord_1', input, products, placedAt });
}

const orderIn = (status: OrderStatus): Order => ({
  ...draft([{ productId: pencil.id, quantity: 1 }]),
  status,
});

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('Nothing was thrown.');
}

describe('pricing an order', () => {
  test('two pencils at 0.90 € and the last teapot at 149.00 € cost 150.80 €', () => {
    const order = draft([
      { productId: pencil.id, quantity: 2 },
      { productId: theLastTeapot.id, quantity: 1 },
    ]);
    expect(order).toEqual({
      id: 'ord_1',
      customerId: 'cus_alice',
      status: 'placed',
      lines: [
        {
          productId: pencil.id,
          name: 'The Plain Pencil',
          category: 'stationery',
          quantity: 2,
          unitPriceCents: 90,
          totalCents: 180,
        },
        {
          productId: 'prd_0161',
          name: 'The Last Teapot',
          category: 'tea',
          quantity: 1,
          unitPriceCents: 14900,
          totalCents: 14900,
        },
      ],
      totalCents: 15080,
      placedAt,
      rejection: null,
    });
  });

  test('the total is what the lines cost at catalog prices, in whole cents', () => {
    fc.assert(
      fc.property(lines, (wanted) => {
        const order = draft(wanted);
        let totalCents = 0;
        for (const [index, { productId, quantity }] of wanted.entries()) {
          const costCents = productById(productId).priceCents * quantity;
          expect(order.lines[index]).toMatchObject({ productId, quantity, totalCents: costCents });
          totalCents += costCents;
        }
        expect(order.totalCents).toBe(totalCents);
        expect(Number.isSafeInteger(order.totalCents)).toBe(true);
      }),
    );
  });

  test('shuffling the lines does not change the total', () => {
    const shuffled = lines.chain((wanted) =>
      fc.tuple(
        fc.constant(wanted),
        fc.shuffledSubarray(wanted, { minLength: wanted.length, maxLength: wanted.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([wanted, others]) => {
        expect(draft(others).totalCents).toBe(draft(wanted).totalCents);
      }),
    );
  });

  test('a product on two lines is refused, naming the first one met again', () => {
    fc.assert(
      fc.property(lines, fc.nat(), quantities, (wanted, nth, quantity) => {
        const again = wanted[nth % wanted.length] ?? { productId: pencil.id, quantity };
        const { productId } = again;
        const thrown = thrownBy(() => draft([...wanted, { productId, quantity }]));
        expect(thrown).toMatchObject({ code: 'DUPLICATE_PRODUCT', values: { productId } });
      }),
    );
  });

  test('the first product that is not sold is named', () => {
    const unsold = ['prd_0042', 'prd_9999', 'prd_0000'];
    const wanted = unsold.map((productId) => ({ productId, quantity: 1 }));
    expect(thrownBy(() => draft(wanted))).toMatchObject({
      status: 422,
      code: 'UNKNOWN_PRODUCT',
      values: { productId: 'prd_9999' },
    });
  });

  test('a duplicate is told before a product that is not sold', () => {
    const wanted = ['prd_9999', pencil.id, pencil.id].map((productId) => ({
      productId,
      quantity: 1,
    }));
    expect(thrownBy(() => draft(wanted))).toMatchObject({
      code: 'DUPLICATE_PRODUCT',
      values: { productId: pencil.id },
    });
  });
});

describe('the states of an order', () => {
  test('three moves are allowed and the other thirteen are not', () => {
    const moves = orderStatuses.flatMap((from) => orderStatuses.map((to) => [from, to] as const));
    expect(moves).toHaveLength(16);
    expect(moves.filter(([from, to]) => canBecome(from, to))).toEqual([
      ['placed', 'confirmed'],
      ['placed', 'rejected'],
      ['confirmed', 'cancelled'],
    ]);
  });

  test('no series of attempts leaves a final state', () => {
    const attempts = fc.array(fc.constantFrom(...orderStatuses), { maxLength: 20 });
    fc.assert(
      fc.property(attempts, (wishes) => {
        let order = orderIn('placed');
        for (const wish of wishes) {
          const before = order;
          const final = transitions[before.status].length === 0;
          if (final || !canBecome(before.status, wish))
            expect(() => becomes(before, wish)).toThrow();
          else order = becomes(before, wish);
        }
        const fate = wishes.find((wish) => wish === 'confirmed' || wish === 'rejected') ?? 'placed';
        const cancelled = wishes.lastIndexOf('cancelled') > wishes.indexOf('confirmed');
        expect(order.status).toBe(fate === 'confirmed' && cancelled ? 'cancelled' : fate);
      }),
    );
  });

  test('a move changes the status and nothing else, and not the order it was given', () => {
    const placed = orderIn('placed');
    expect(becomes(placed, 'confirmed')).toEqual({ ...placed, status: 'confirmed' });
    expect(placed.status).toBe('placed');
  });

  test('a rejected order says why', () => {
    const rejected = becomes(orderIn('placed'), 'rejected', 'OUT_OF_STOCK');
    expect(rejected).toMatchObject({ status: 'rejected', rejection: 'OUT_OF_STOCK' });
  });

  test.each(['placed', 'rejected', 'cancelled'] as const)(
    'cancelling an order that is %s is the customer’s mistake: 409 with its state',
    (status) => {
      const thrown = thrownBy(() => becomes(orderIn(status), 'cancelled'));
      expect(thrown).toBeInstanceOf(Problem);
      expect(thrown).toMatchObject({
        status: 409,
        code: 'ORDER_NOT_CANCELLABLE',
        values: { orderId: 'ord_1', orderStatus: status },
      });
    },
  );

  test('any other impossible move is a bug of ours and no problem of the contract', () => {
    const thrown = thrownBy(() => becomes(orderIn('rejected'), 'confirmed'));
    expect(thrown).toBeInstanceOf(Error);
    expect(thrown).not.toBeInstanceOf(Problem);
  });
});
