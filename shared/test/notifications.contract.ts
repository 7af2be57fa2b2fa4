// test/notifications.contract.ts: what every shape tells its customers.
// Registered by suite.ts.
import { expect, test } from 'vitest';
import { listNotifications } from '../contract/notifications.ts';
import { placeOrder } from '../contract/orders.ts';
import { productById } from '../fixtures/products.ts';
import { ask, refusal, send } from './asking.ts';
import { buy, cancel, lineOf, newKey, newOrder } from './shopping.ts';
import type { Subject } from './subject.ts';

const mint = productById('prd_0168');
const euros = (cents: number) => (cents / 100).toFixed(2);

export function notificationsContract(subject: Subject): void {
  const toldTo = async (customerId: string) =>
    (await ask(subject, listNotifications, { query: { customerId, limit: 100 } })).items;

  const newCustomer = (name: string) => ({ customerId: `cus_${newKey(name)}` });

  test('a confirmed order is told once, with its total', async () => {
    const { customerId } = newCustomer('told');
    const order = await buy(subject, [lineOf(mint, 2)], { customerId });
    await subject.settled(async () => expect(await toldTo(customerId)).toHaveLength(1));
    const [message] = await toldTo(customerId);
    expect(message).toMatchObject({ orderId: order.id, kind: 'order.confirmed' });
    expect(message?.text).toContain(`${euros(order.totalCents)} EUR`);
    expect(Date.parse(message?.sentAt ?? '')).toBeGreaterThanOrEqual(Date.parse(order.placedAt));
  });

  test('a cancellation is told once, after the confirmation, however often it was asked for', async () => {
    const { customerId } = newCustomer('cancelled');
    const order = await buy(subject, [lineOf(mint)], { customerId });
    await Promise.all([cancel(subject, order), cancel(subject, order), cancel(subject, order)]);
    await subject.settled(async () => expect(await toldTo(customerId)).toHaveLength(2));
    // What came of a later order proves that nothing more is on its way for the earlier one.
    await buy(subject, [lineOf(mint)], { customerId });
    await subject.settled(async () =>
      expect((await toldTo(customerId)).map(({ kind }) => kind)).toEqual([
        'order.confirmed',
        'order.cancelled',
        'order.confirmed',
      ]),
    );
  });

  test('a repeated checkout is told once', async () => {
    const { customerId } = newCustomer('repeated');
    const body = newOrder([lineOf(mint)], { customerId });
    const idempotencyKey = newKey('repeated');
    for (const _ of [1, 2, 3]) await send(subject, placeOrder, { body }, { idempotencyKey });
    const { id } = await buy(subject, [lineOf(mint)], { customerId });
    await subject.settled(async () =>
      expect((await toldTo(customerId)).map(({ orderId }) => orderId)).toContain(id),
    );
    expect(await toldTo(customerId)).toHaveLength(2);
  });

  test('a rejected order is not told', async () => {
    const { customerId } = newCustomer('rejected');
    const body = newOrder([lineOf(mint)], { customerId, cardToken: 'tok_declined' });
    await refusal(subject, placeOrder, { body });
    const { id } = await buy(subject, [lineOf(mint)], { customerId });
    await subject.settled(async () =>
      expect((await toldTo(customerId)).map(({ orderId }) => orderId)).toEqual([id]),
    );
  });

  test('messages come newest first, page by page, each once', async () => {
    const { customerId } = newCustomer('pages');
    const orders = [];
    for (const _ of [1, 2, 3]) orders.push(await buy(subject, [lineOf(mint)], { customerId }));
    await subject.settled(async () => expect(await toldTo(customerId)).toHaveLength(3));
    const first = await ask(subject, listNotifications, { query: { customerId, limit: 2 } });
    const query = { customerId, limit: 2, cursor: first.nextCursor ?? '' };
    const second = await ask(subject, listNotifications, { query });
    const told = [...first.items, ...second.items].map(({ orderId }) => orderId);
    expect(told).toEqual(orders.map(({ id }) => id).reverse());
    expect(second.nextCursor).toBeNull();
  });
}
