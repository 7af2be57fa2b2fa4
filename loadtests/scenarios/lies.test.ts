// scenarios/lies.test.ts: a shop that answers 200 without the truth is found out, field by field.
import { publicOperations } from '@lab/shared/contract/operations.ts';
import { expect, test } from 'vitest';
import { honestShop } from './honest-shop.ts';
import { mixed } from './mixed.ts';
import type { Shot } from './shot.ts';

/** What the checks make of answers that `twist` has changed; by operation, without the refusals. */
function findingsOf(twist: (body: unknown, shot: Shot) => unknown): Map<string, Set<string>> {
  // An hour a request: every message is due, so that an empty list of them is a lie.
  let nowMs = 0;
  const clock = () => (nowMs += 3_600_000);
  const targeter = mixed({ seed: 3, customerKey: 'key', runId: 'run', clock });
  const shop = honestShop();
  const findings = new Map<string, Set<string>>();
  for (let count = 0; count < 600; count += 1) {
    const shot = targeter.nextShot();
    const { status, body } = shop(shot);
    if (shot.check(status, body) === 'ok') shot.learn?.(body);
    if (status >= 400) continue;
    const id = shot.operation.id;
    findings.set(id, (findings.get(id) ?? new Set()).add(shot.check(status, twist(body, shot))));
  }
  return findings;
}

const asked = [
  'getProduct',
  'getStock',
  'listProducts',
  'placeOrder',
  'getOrder',
  'listOrders',
].concat(['getPayment', 'listNotifications', 'revenueReport', 'topProducts']);

const zeroed = (value: unknown): unknown => {
  if (typeof value === 'number') return 0;
  if (Array.isArray(value)) return [];
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, zeroed(inner)]));
};
const replaced = (field: string, to: unknown) => (body: unknown) =>
  JSON.parse(JSON.stringify(body), (key, value) => (key === field ? to : value)) as unknown;

test('the answers that are twisted here are those of all ten operations', () => {
  expect([...findingsOf((body) => body).keys()].sort()).toEqual([...asked].sort());
  expect(publicOperations.map(({ id }) => id)).toEqual(expect.arrayContaining(asked));
});

test('a 200 of zeros and empty lists is wrong, whatever was asked', () => {
  for (const [id, found] of findingsOf(zeroed)) {
    expect(found.has('ok'), `${id} took zeros for an answer`).toBe(false);
  }
});

test('a body of another shape is wrong, whatever was asked', () => {
  for (const twist of [() => null, () => [], () => ({}), () => 'fine']) {
    for (const found of findingsOf(twist).values()) expect([...found]).toEqual(['schema']);
  }
});

test.each([
  ['getProduct', 'priceCents', 1, 'not as in the catalog'],
  ['getProduct', 'id', 'prd_0161', 'not that product'],
  ['listProducts', 'name', 'Snake Oil', 'not as in the catalog'],
  ['getStock', 'available', 0, 'not in stock'],
  ['getStock', 'available', 1_000_000, 'not at most the opening stock'],
  ['placeOrder', 'status', 'placed', 'not confirmed'],
  ['placeOrder', 'unitPriceCents', 1, 'not sums that add up'],
  ['placeOrder', 'quantity', 2, 'not the lines asked for'],
  ['placeOrder', 'customerId', 'cus_mallory', 'not of that customer'],
  ['getOrder', 'id', 'ord_other', 'not that order'],
  ['listOrders', 'customerId', 'cus_mallory', 'not of that customer'],
  ['getPayment', 'amountCents', 1, 'not the total of the order'],
  ['getPayment', 'status', 'refunded', 'not charged'],
  ['listNotifications', 'customerId', 'cus_mallory', 'not of that customer'],
  ['listNotifications', 'items', [], 'not some messages'],
  ['revenueReport', 'totalCents', 1, 'not a total that is the sum of its rows'],
  ['revenueReport', 'asOf', null, 'not a time'],
  ['topProducts', 'quantity', 1, 'not as in the catalog'],
  ['topProducts', 'asOf', null, 'not a time'],
])('%s with %s %o is found out', (id, field, to, reason) => {
  expect([...(findingsOf(replaced(field, to)).get(id) ?? [])]).toEqual([reason]);
});
