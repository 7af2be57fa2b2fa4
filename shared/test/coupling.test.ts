// test/coupling.test.ts: what follows an order, by call and by queue, switched under a stream of orders.
// Real processes from their real zips. What a consumer does with a record is functions.test.ts's business.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningTarget } from '../../loadtests/targets/platform.ts';
import { startTarget } from '../../loadtests/targets/process-platform.ts';
import type { CouplingState } from '../contract/coupling.ts';
import type { Coupling } from '../contract/couplings.ts';
import type { Order } from '../contract/orders.ts';
import { DEMO_CUSTOMER_KEY, DEMO_INSTRUCTOR_KEY } from '../runtime/config.ts';
import { freeMicroservices } from './shapes.ts';
import { eventually } from './subject.ts';

const customer = 'cus_coupling';
let shop: RunningTarget;
/** By all tests of this file: the databases are looked at as a whole. */
const placedSoFar: string[] = [];

beforeAll(async () => {
  shop = await startTarget(await freeMicroservices(29_000), {
    fresh: true,
    coupling: 'sync',
    env: { RATE_LIMIT_RPS: '100000', VISIBILITY_TIMEOUT_S: '1', PAST_ORDERS: '0' },
  });
});
afterAll(() => shop?.stop());

async function ask(
  method: string,
  path: string,
  body?: object,
  key = DEMO_INSTRUCTOR_KEY,
  headers = {},
) {
  const answer = await fetch(`${shop.baseUrl}${path}`, {
    method,
    headers: { 'x-api-key': key, 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Order & CouplingState };
}

const switchTo = async (coupling: Coupling) => (await ask('PUT', '/coupling', { coupling })).body;

/** @param headers that somebody sends who prefers not to wait, and is answered 202 */
async function buy(headers: { prefer?: string } = {}, cardToken = 'tok_visa'): Promise<string> {
  const lines = [{ productId: 'prd_0001', quantity: 1 }];
  const order = { customerId: customer, lines, cardToken };
  const { status, body } = await ask('POST', '/orders', order, DEMO_CUSTOMER_KEY, headers);
  expect(status).toBe(headers.prefer === undefined ? 201 : 202);
  return body.id;
}

interface Stream {
  /** Waits until so many more orders are placed, however long this machine takes over them. */
  more: (count: number) => Promise<void>;
  /** Ends it. @returns the ids of all that were placed */
  over: () => Promise<string[]>;
}

/** Orders without a pause until `over` is called. */
function stream(): Stream {
  let isOver = false;
  const placed: string[] = [];
  const one = async () => {
    while (!isOver) placed.push(await buy());
  };
  const running = Promise.all([one(), one()]).finally(() => {
    isOver = true;
  });
  return {
    more: async (count) => {
      const wanted = placed.length + count;
      while (placed.length < wanted && !isOver) await sleep(5);
    },
    over: async () => {
      isOver = true;
      await running;
      return placed;
    },
  };
}

/** Every order told once, and in the books once; nothing is left in a queue or in the outbox. */
async function expectAllToldOnce(orderIds: readonly string[]): Promise<void> {
  const sorted = [...orderIds].sort();
  await eventually(async () => {
    const told = await shop.query<{ order_id: string }>(
      'notifications',
      `SELECT order_id FROM notifications WHERE customer_id = '${customer}' ORDER BY order_id`,
    );
    expect(told.map(({ order_id }) => order_id)).toEqual(sorted);
    const sold = await shop.query<{ order_id: string }>(
      'reports',
      'SELECT order_id FROM sales ORDER BY order_id',
    );
    expect(sold.map(({ order_id }) => order_id)).toEqual(sorted);
    expect(await shop.query('orders', 'SELECT event_id FROM outbox')).toEqual([]);
  });
}

describe('the switch', () => {
  test('says how it stands and what there is to choose, to the instructor alone', async () => {
    expect((await ask('GET', '/coupling')).body).toEqual({
      coupling: 'sync',
      choices: ['sync', 'queue'],
    });
    expect((await ask('GET', '/coupling', undefined, DEMO_CUSTOMER_KEY)).status).toBe(403);
    expect((await ask('PUT', '/coupling', { coupling: 'both' })).status).toBe(400);
  });

  test('turned to and fro under a stream of orders, with a dead follower, loses and doubles nothing', async () => {
    const orders = stream();
    await orders.more(5);
    expect(await switchTo('queue')).toMatchObject({ coupling: 'queue' });
    await orders.more(5);
    shop.kill('notifications');
    await orders.more(5);
    expect(await switchTo('sync')).toMatchObject({ coupling: 'sync' });
    await orders.more(5);
    placedSoFar.push(...(await orders.over()));
    await expectAllToldOnce(placedSoFar);
  });

  test('a queue that dies holds orders up for a while, and loses none', async () => {
    await switchTo('queue');
    const orders = stream();
    await orders.more(5);
    shop.kill('queue');
    await orders.more(5);
    placedSoFar.push(...(await orders.over()));
    await expectAllToldOnce(placedSoFar);
  });

  test('a payment asked for by queue waits for payments to come back, and is made once', async () => {
    await switchTo('queue');
    const later = { prefer: 'respond-async' };
    const before = await Promise.all([buy(later), buy(later), buy(later)]);
    shop.pause('payments');
    const during = await Promise.all([buy(later), buy(later), buy(later, 'tok_declined')]);
    shop.kill('payments');
    const [declined = ''] = during.splice(2);
    placedSoFar.push(...before, ...during);
    await expectAllToldOnce(placedSoFar);
    const paid = await shop.query<{ order_id: string }>(
      'payments',
      "SELECT order_id FROM payments WHERE status = 'charged'",
    );
    expect(paid.map(({ order_id }) => order_id).sort()).toEqual([...placedSoFar].sort());
    await eventually(async () => {
      const { body } = await ask('GET', `/orders/${declined}`, undefined, DEMO_CUSTOMER_KEY);
      expect([body.status, body.rejection]).toEqual(['rejected', 'PAYMENT_DECLINED']);
    });
  });

  test('a message that no follower can read is put aside after five failures', async () => {
    await sqs('SendMessage', { QueueUrl: eventsOf('reports'), MessageBody: '{"id":"evt_1"}' });
    placedSoFar.push(await buy());
    await expectAllToldOnce(placedSoFar);
    await eventually(async () => {
      const asked = { QueueUrl: `${eventsOf('reports')}-dead`, VisibilityTimeout: 0 };
      const { Messages = [] } = await sqs('ReceiveMessage', asked);
      expect(Messages.map(({ Body }) => Body)).toEqual(['{"id":"evt_1"}']);
    });
  });
});

const queueUrl = () => shop.components.find(({ name }) => name === 'queue')?.url ?? '';
const eventsOf = (follower: string) => `${queueUrl()}/000000000000/shop-${follower}-events`;

async function sqs(action: string, input: object): Promise<{ Messages?: { Body: string }[] }> {
  const headers = { 'x-amz-target': `AmazonSQS.${action}` };
  const body = JSON.stringify(input);
  const answer = await fetch(queueUrl(), { method: 'POST', headers, body });
  return (await answer.json()) as { Messages?: { Body: string }[] };
}
