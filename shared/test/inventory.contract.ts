// test/inventory.contract.ts: what every shape does with stock.
// Registered by suite.ts.
import { expect, test } from 'vitest';
import { getStock } from '../contract/inventory.ts';
import { placeOrder } from '../contract/orders.ts';
import { productById, theLastTeapot } from '../fixtures/products.ts';
import { ask, refusal, refused, send } from './asking.ts';
import { buy, cancel, lineOf, newOrder, stockOf } from './shopping.ts';
import type { Subject } from './subject.ts';

const chai = productById('prd_0172');
const matcha = productById('prd_0173');
/** Fewer than 99 in stock, and an id above the last teapot's. */
const daHongPao = productById('prd_0170');

export function inventoryContract(subject: Subject): void {
  const order = (lines: ReturnType<typeof lineOf>[], changes = {}) =>
    refusal(subject, placeOrder, { body: newOrder(lines, changes) });

  test('stock is told to anyone, with the product it belongs to', async () => {
    const params = { productId: theLastTeapot.id };
    const stock = await ask(subject, getStock, { params }, { key: null });
    expect(stock).toEqual({ productId: theLastTeapot.id, available: 1 });
  });

  test('the stock of a product that is not sold is not found', async () => {
    const params = { productId: 'prd_9999' };
    const problem = await refusal(subject, getStock, { params }, { key: null });
    expect(problem).toMatchObject({ status: 404, code: 'NOT_FOUND', what: 'product' });
  });

  test('an order takes its lines off the shelf, and its cancellation puts them back', async () => {
    const before = [await stockOf(subject, chai), await stockOf(subject, matcha)];
    const bought = await buy(subject, [lineOf(chai, 3), lineOf(matcha, 2)]);
    const after = [await stockOf(subject, chai), await stockOf(subject, matcha)];
    expect(after).toEqual([(before[0] ?? 0) - 3, (before[1] ?? 0) - 2]);
    await cancel(subject, bought);
    expect([await stockOf(subject, chai), await stockOf(subject, matcha)]).toEqual(before);
  });

  test('an order whose card is declined leaves the shelf as it was', async () => {
    const before = await stockOf(subject, chai);
    const problem = await order([lineOf(chai, 5)], { cardToken: 'tok_declined' });
    expect(problem.status).toBe(402);
    expect(await stockOf(subject, chai)).toBe(before);
  });

  test('an order with no stock names product and quantities, and changes nothing', async () => {
    const before = await stockOf(subject, chai);
    const problem = await order([lineOf(chai), lineOf(theLastTeapot, 2)]);
    const values = { productId: theLastTeapot.id, wanted: 2, left: 1 };
    expect(problem).toMatchObject({ status: 409, code: 'OUT_OF_STOCK', ...values });
    expect(await stockOf(subject, chai)).toBe(before);
    expect(await stockOf(subject, theLastTeapot)).toBe(1);
  });

  test('of two lines with no stock, the product with the lower id is named', async () => {
    const before = await stockOf(subject, daHongPao);
    expect(before).toBeLessThan(99);
    const problem = await order([lineOf(daHongPao, 99), lineOf(theLastTeapot, 7)]);
    expect(problem).toMatchObject({ productId: theLastTeapot.id, wanted: 7, left: 1 });
    expect(await stockOf(subject, daHongPao)).toBe(before);
  });

  test('of ten customers who want the last teapot at once, exactly one gets it', async () => {
    const body = newOrder([lineOf(theLastTeapot)]);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send(subject, placeOrder, { body })),
    );
    const won = answers.filter(({ status }) => status === 201);
    expect(won).toHaveLength(1);
    for (const lost of answers.filter((answer) => answer !== won[0])) {
      const values = { productId: theLastTeapot.id, wanted: 1, left: 0 };
      expect(refused(lost)).toMatchObject({ code: 'OUT_OF_STOCK', ...values });
    }
    expect(await stockOf(subject, theLastTeapot)).toBe(0);
    await cancel(subject, JSON.parse(won[0]?.text ?? ''));
    expect(await stockOf(subject, theLastTeapot)).toBe(1);
  });

  test('many orders at once take exactly what they say', async () => {
    const before = await stockOf(subject, matcha);
    const bought = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((pieces) => buy(subject, [lineOf(chai), lineOf(matcha, pieces)])),
    );
    expect(await stockOf(subject, matcha)).toBe(before - 21);
    await Promise.all(bought.map((one) => cancel(subject, one)));
    expect(await stockOf(subject, matcha)).toBe(before);
  });
}
