// audit/invariants.test.ts: each invariant must be able to break, and to say whose fault it is.
import { expect, test } from 'vitest';
import type { Evidence, OrderFact, Told } from './evidence.ts';
import { verify } from './invariants.ts';

const told = (key: string, facts: Partial<Told> = {}): Told => ({
  key,
  verdict: 'confirmed',
  code: undefined,
  orderId: `ord_${key}`,
  cancellation: 'none',
  attempts: 1,
  ...facts,
});
const order = (key: string, status: string, quantity: number): OrderFact => ({
  id: `ord_${key}`,
  key,
  status,
  totalCents: quantity * 850,
  lines: [{ productId: 'prd_tea', quantity }],
});

/** Alice bought two teas, Bob cancelled one, Chiara's card was declined. */
const everybody = [
  told('alice'),
  told('bob', { cancellation: 'acknowledged' }),
  told('chiara', { verdict: 'rejected', code: 'PAYMENT_DECLINED' }),
];
const healthy: Evidence = {
  orders: [
    order('alice', 'confirmed', 2),
    order('bob', 'cancelled', 1),
    order('chiara', 'rejected', 5),
  ],
  payments: [
    { orderId: 'ord_alice', amountCents: 1700, status: 'charged' },
    { orderId: 'ord_bob', amountCents: 850, status: 'refunded' },
    { orderId: 'ord_chiara', amountCents: 0, status: 'refunded' },
  ],
  stock: [{ productId: 'prd_tea', initial: 10, available: 8 }],
  notices: [
    { orderId: 'ord_alice', kind: 'order.confirmed' },
    { orderId: 'ord_bob', kind: 'order.confirmed' },
    { orderId: 'ord_bob', kind: 'order.cancelled' },
  ],
  sales: [{ orderId: 'ord_alice', revenueCents: 1700 }],
  pending: { placed: 0, outbox: 0, notUndone: 0 },
};

/** What is wrong, invariant by invariant, those that hold left out. */
function broken(evidence: Partial<Evidence>, customers: readonly Told[] = everybody) {
  const findings = verify(customers, { ...healthy, ...evidence });
  return Object.fromEntries(
    findings
      .filter(({ offenders }) => offenders.length > 0)
      .map((one) => [one.name, one.offenders]),
  );
}

const withOrder = (changed: OrderFact) =>
  healthy.orders.map((one) => (one.id === changed.id ? changed : one));
const without = <Row extends { orderId: string }>(rows: readonly Row[], orderId: string) =>
  rows.filter((row) => row.orderId !== orderId);

const acknowledged = 'every acknowledged order is stored once, as it was told';
const charged = 'every confirmed order is charged once, to the cent';
const uncharged = 'no rejected or cancelled order keeps a charge';
const notified = 'every customer was told exactly once';
const booked = 'the books equal the confirmed orders, to the cent';
const stocked = 'stock left + stock sold = stock at the start';

test('a healthy shop has nothing to answer for', () => {
  expect(broken({})).toEqual({});
  expect(verify(everybody, healthy)).toHaveLength(9);
  expect(verify(everybody, { ...healthy, sales: undefined })).toHaveLength(8);
});

test('a checkout without a definite answer is an offence', () => {
  const lost = told('dora', { verdict: 'unknown', code: 'INTERNAL', orderId: undefined });
  const name = 'every checkout got a definite answer';
  expect(broken({}, [...everybody, lost])).toEqual({ [name]: ['dora: last answer INTERNAL'] });
});

test('an acknowledged order that is missing, doubled or renamed is an offence', () => {
  const lost = broken({}, [...everybody, told('dora')]);
  expect(lost[acknowledged]).toEqual(['ord_dora: stored 0 times']);
  const twin = { ...order('alice', 'confirmed', 1), id: 'ord_twin' };
  const doubled = broken({ orders: [...healthy.orders, twin] });
  expect(doubled[acknowledged]).toEqual(['ord_alice: stored 2 times']);
  const renamed = broken({ orders: [twin, ...healthy.orders.slice(1)] });
  expect(renamed[acknowledged]).toEqual(['ord_alice: stored as ord_twin']);
});

test('an acknowledged order that was rejected, or a cancellation that did not last, is an offence', () => {
  const rejected = broken({ orders: withOrder(order('alice', 'rejected', 2)) });
  expect(rejected[acknowledged]).toEqual(['ord_alice: stored as rejected']);
  const revived = broken({ orders: withOrder(order('bob', 'confirmed', 1)) });
  expect(revived[acknowledged]).toEqual(['ord_bob: stored as confirmed']);
});

test('a cancellation without an answer may have happened or not', () => {
  const [alice, bob, chiara] = everybody as [Told, Told, Told];
  const asked = { ...bob, cancellation: 'asked' } as const;
  expect(broken({}, [alice, asked, chiara])).toEqual({});
});

test('a rejected checkout that was sold after all is an offence', () => {
  const found = broken({ orders: withOrder(order('chiara', 'confirmed', 5)) });
  const name = 'no rejected checkout was sold after all';
  expect(found[name]).toEqual(['ord_chiara: told rejected, stored as confirmed']);
});

test('an order left placed, an event undelivered and a refund undone are offences', () => {
  const found = broken({
    orders: withOrder(order('chiara', 'placed', 5)),
    pending: { placed: 1, outbox: 2, notUndone: 3 },
  });
  expect(found['nothing is left half done']).toEqual([
    'ord_chiara: still placed',
    '2 events were never delivered',
    '3 orders called off were never undone',
  ]);
});

test('a piece of stock too many or too few is an offence', () => {
  for (const available of [7, 9])
    expect(broken({ stock: [{ productId: 'prd_tea', initial: 10, available }] })).toEqual({
      [stocked]: [`prd_tea: ${available} left + 2 sold is not 10`],
    });
});

test('a confirmed order that is not charged, charged twice or wrongly is an offence', () => {
  const [alice, ...others] = healthy.payments as [(typeof healthy.payments)[0]];
  expect(broken({ payments: others })).toEqual({ [charged]: ['ord_alice: charged 0 times'] });
  const twice = broken({ payments: [alice, alice, ...others] });
  expect(twice).toEqual({ [charged]: ['ord_alice: charged 2 times'] });
  const refunded = broken({ payments: [{ ...alice, status: 'refunded' }, ...others] });
  expect(refunded).toEqual({ [charged]: ['ord_alice: charged 0 times'] });
  const wrong = broken({ payments: [{ ...alice, amountCents: 1699 }, ...others] });
  expect(wrong).toEqual({ [charged]: ['ord_alice: 1700 owed, 1699 charged'] });
});

test('a charge kept for an order called off, or for none, is an offence', () => {
  for (const orderId of ['ord_bob', 'ord_chiara', 'ord_nobody']) {
    const kept = { orderId, amountCents: 850, status: 'charged' };
    const payments = [...without(healthy.payments, orderId), kept];
    expect(broken({ payments })).toEqual({ [uncharged]: [`${orderId}: 850 cents kept`] });
  }
});

test('a notification that is missing, doubled or sent to the wrong is an offence', () => {
  const again = { orderId: 'ord_alice', kind: 'order.confirmed' };
  expect(broken({ notices: without(healthy.notices, 'ord_alice') })).toEqual({
    [notified]: ['ord_alice: confirmed, told []'],
  });
  expect(broken({ notices: [...healthy.notices, again] })).toEqual({
    [notified]: ['ord_alice: confirmed, told [order.confirmed, order.confirmed]'],
  });
  expect(broken({ notices: [...healthy.notices, { ...again, orderId: 'ord_chiara' }] })).toEqual({
    [notified]: ['ord_chiara: rejected, told [order.confirmed]'],
  });
  expect(broken({ notices: [...healthy.notices, { ...again, orderId: 'ord_nobody' }] })).toEqual({
    [notified]: ['ord_nobody: told of an order that is not stored'],
  });
});

test('a cent too many in the books, or a sale of a cancelled order, is an offence', () => {
  expect(broken({ sales: [{ orderId: 'ord_alice', revenueCents: 1701 }] })).toEqual({
    [booked]: ['ord_alice: 1701 in the books, 1700 sold'],
  });
  const cancelled = { orderId: 'ord_bob', revenueCents: 850 };
  expect(broken({ sales: [...(healthy.sales ?? []), cancelled] })).toEqual({
    [booked]: ['ord_bob: 850 in the books, 0 sold'],
  });
  expect(broken({ sales: [] })).toEqual({ [booked]: ['ord_alice: 0 in the books, 1700 sold'] });
});
