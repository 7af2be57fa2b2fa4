// test/coupling-functions.test.ts: what follows an order in functions, by call and by queue, switched live.
// Run by vitest, on the local cloud with the real zips.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { functionCode } from '../../loadtests/targets/function-zips.ts';
import { type Cloud, startCloud } from '../../serverless/cloud.ts';
import { setCoupling } from '../contract/coupling.ts';
import type { Coupling } from '../contract/couplings.ts';
import { listNotifications } from '../contract/notifications.ts';
import { getOrder, type Order, placeOrder } from '../contract/orders.ts';
import { revenueReport } from '../contract/reports.ts';
import { productById } from '../fixtures/products.ts';
import { DEMO_CUSTOMER_KEY, DEMO_INSTRUCTOR_KEY } from '../runtime/config.ts';
import { ask, send } from './asking.ts';
import { buy, lineOf, newOrder } from './shopping.ts';
import { eventually } from './subject.ts';

const customerId = 'cus_coupling';
let cloud: Cloud;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lab-coupling-'));
  cloud = await startCloud({
    codeOf: await functionCode(),
    dataFolder: folder,
    parameters: { PastOrders: '0' },
    scheduleEveryMs: 500,
  });
});
afterAll(async () => {
  await cloud?.close();
  rmSync(folder, { recursive: true, force: true });
});

const door = () => ({ baseUrl: cloud.invokeUrl, customerKey: DEMO_CUSTOMER_KEY });
const order = () => buy(door(), [lineOf(productById('prd_0001'))], { customerId });

async function switchTo(coupling: Coupling): Promise<void> {
  const body = { coupling };
  const state = await ask(door(), setCoupling, { body }, { key: DEMO_INSTRUCTOR_KEY });
  expect(state.coupling).toBe(coupling);
}

async function toldOf(): Promise<string[]> {
  const { items } = await ask(door(), listNotifications, { query: { customerId, limit: 100 } });
  return items.map(({ orderId }) => orderId).sort();
}

async function booked(): Promise<number> {
  const { totalCents } = await ask(door(), revenueReport, { query: { by: 'day' } });
  return totalCents;
}

/** Functions that a queue has called so far. */
const calledByQueue = () =>
  ['shop-notifications-events', 'shop-reports-events'].filter(
    (name) => cloud.lambda.environmentsOf(name).length > 0,
  );

test('by call an order has reached both followers when it is answered, and no queue was asked', async () => {
  await switchTo('sync');
  const { id, totalCents } = await order();
  expect([await toldOf(), await booked()]).toEqual([[id], totalCents]);
  expect(calledByQueue()).toEqual([]);
});

test('switched to and fro between and under orders, each reaches both once', async () => {
  const before = await toldOf();
  const cents = await booked();
  const orders: Order[] = [];
  for (const coupling of ['queue', 'sync', 'queue'] as const) {
    const under = [order(), order()];
    await switchTo(coupling);
    orders.push(...(await Promise.all(under)), await order());
  }
  const expected = [...before, ...orders.map(({ id }) => id)].sort();
  const total = cents + orders.reduce((sum, { totalCents }) => sum + totalCents, 0);
  await eventually(async () => {
    expect(await toldOf()).toEqual(expected);
    expect(await booked()).toBe(total);
  });
  expect(calledByQueue()).toHaveLength(2);
});

test('a payment asked for by queue is made after the answer, and confirms the order', async () => {
  const [before, cents] = [await toldOf(), await booked()];
  const headers = { prefer: 'respond-async' };
  const line = lineOf(productById('prd_0001'));
  const bodies = ['tok_visa', 'tok_declined'].map((cardToken) =>
    newOrder([line], { customerId, cardToken }),
  );
  const sent = bodies.map((body) => send(door(), placeOrder, { body }, { headers }));
  const answers = (await Promise.all(sent)).map(({ status, text }) => [status, JSON.parse(text)]);
  expect(answers).toMatchObject([
    [202, { status: 'placed' }],
    [202, { status: 'placed' }],
  ]);
  const [paid, declined] = answers.map(([, order]) => order as Order);
  const statusOf = async (orderId = '') =>
    (await ask(door(), getOrder, { params: { orderId } })).status;
  await eventually(async () => {
    expect([await statusOf(paid?.id), await statusOf(declined?.id)]).toEqual([
      'confirmed',
      'rejected',
    ]);
    expect(await toldOf()).toEqual([...before, paid?.id].sort());
    expect(await booked()).toBe(cents + (paid?.totalCents ?? 0));
  });
});
