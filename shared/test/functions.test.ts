// test/functions.test.ts: the services as Lambda functions, from their real zips on the local Lambda.
// What a request means is the contract's business; here is what is different about a function.
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionCode } from '../../loadtests/targets/function-zips.ts';
import { type Cloud, startCloud } from '../../serverless/cloud.ts';
import type { FaultState, FaultStates } from '../contract/chaos.ts';
import type { Order } from '../contract/orders.ts';
import { alice } from '../fixtures/customers.ts';
import { theLastTeapot } from '../fixtures/products.ts';
import { DEMO_INSTRUCTOR_KEY } from '../runtime/config.ts';
import { newKey } from './shopping.ts';

let cloud: Cloud;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lab-functions-'));
  cloud = await startCloud({
    codeOf: await functionCode(),
    dataFolder: join(folder, 'data'),
    // Tests look after the orders and the queues themselves.
    scheduleEveryMs: 3_600_000,
    readsQueues: false,
  });
});
afterAll(async () => {
  await cloud?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Asked {
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** Sends a function what a REST API would. */
async function ask(name: string, request: string, { query, headers, body }: Asked = {}) {
  const [httpMethod, path] = request.split(' ');
  const event = {
    httpMethod,
    path,
    headers: { 'Content-Type': 'application/json', ...headers },
    queryStringParameters: query ?? null,
    requestContext: { requestId: 'aws-1', stage: 'prod' },
    body: body === undefined ? null : JSON.stringify(body),
    isBase64Encoded: false,
  };
  const { payload, ...invocation } = await cloud.lambda.invoke(name, JSON.stringify(event));
  const answer = JSON.parse(payload.toString());
  return { ...invocation, ...answer, body: answer.body && JSON.parse(answer.body) };
}

function buy(headers: Record<string, string> = {}) {
  const lines = [{ productId: 'prd_0001', quantity: 1 }];
  const body = { customerId: alice.id, lines, cardToken: 'tok_visa' };
  const key = { 'Idempotency-Key': newKey('functions') };
  return ask('shop-orders', 'POST /orders', { headers: { ...key, ...headers }, body });
}

const queueOf = (follower: 'notifications' | 'reports') =>
  cloud.sqs.queues().find(({ name }) => name === `shop-${follower}-events`)?.url;

/** Takes all messages off a queue. */
async function receiveAll(follower: 'notifications' | 'reports') {
  const QueueUrl = queueOf(follower);
  const asked = { QueueUrl, MaxNumberOfMessages: 10 };
  const received = (await cloud.sqs.call('ReceiveMessage', asked)) as {
    Messages?: { MessageId: string; Body: string; ReceiptHandle: string }[];
  };
  const { Messages = [] } = received;
  for (const { ReceiptHandle } of Messages)
    await cloud.sqs.call('DeleteMessage', { QueueUrl, ReceiptHandle });
  return Messages.map(({ MessageId, Body }) => ({ messageId: MessageId, body: Body }));
}

async function consume(name: string, Records: readonly { messageId: string; body: string }[]) {
  const { payload, functionError } = await cloud.lambda.invoke(name, JSON.stringify({ Records }));
  expect(functionError).toBeUndefined();
  return JSON.parse(payload.toString());
}

const toldTo = async (customerId: string) =>
  (await ask('shop-notifications', 'GET /notifications', { query: { customerId } })).body.items;

describe('an environment', () => {
  test('answers cold and then warm, frozen in between, on the same database connection', async () => {
    const cold = await ask('shop-catalog', 'GET /products', { query: { limit: '2' } });
    expect(cold).toMatchObject({ isColdStart: true, statusCode: 200 });
    expect(cold.body.items).toHaveLength(2);
    const [resting] = cloud.lambda.environmentsOf('shop-catalog');
    const files = openFiles(resting?.pid, 'catalog.db');
    if (process.platform === 'linux') {
      await expect.poll(() => statusOf(resting?.pid)).toMatch(/State:\s+T/);
      expect(files.length).toBeGreaterThan(1);
    }
    const warm = await ask('shop-catalog', 'GET /products', { query: { limit: '2' } });
    expect(warm).toMatchObject({ isColdStart: false, statusCode: 200, body: cold.body });
    const environments = cloud.lambda.environmentsOf('shop-catalog');
    expect(environments).toMatchObject([{ pid: resting?.pid, invocations: 2, isFrozen: true }]);
    expect(openFiles(resting?.pid, 'catalog.db')).toEqual(files);
  });

  test('keeps the caller’s request id, however its header is spelt', async () => {
    const headers = { 'X-Request-ID': 'alice-7' };
    const { headers: answered } = await ask('shop-catalog', 'GET /products', { headers });
    expect(answered['x-request-id']).toBe('alice-7');
  });

  test('that is not the only one of its function shares the database with the others', async () => {
    const asked = Array.from({ length: 3 }, () =>
      ask('shop-inventory', `GET /stock/${theLastTeapot.id}`),
    );
    const answers = await Promise.all(asked);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(cloud.lambda.environmentsOf('shop-inventory')).toHaveLength(3);
  });
});

const statusOf = (pid: number | undefined) => readFileSync(`/proc/${pid}/status`, 'utf8');

/** Descriptors of a process on a database file and what SQLite has beside it. */
function openFiles(pid: number | undefined, name: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync(`/proc/${pid}/fd`)
    .map((fd) => `${fd} ${readlinkSync(`/proc/${pid}/fd/${fd}`)}`)
    .filter((line) => line.includes(name))
    .sort();
}

describe('an order', () => {
  test('is placed by a function that calls others, and is on both queues when it is answered', async () => {
    const before = await ask('shop-inventory', 'GET /stock/prd_0001');
    const { statusCode, body } = await buy();
    expect([statusCode, body.status]).toEqual([201, 'confirmed']);
    const after = await ask('shop-inventory', 'GET /stock/prd_0001');
    expect(after.body.available).toBe(before.body.available - 1);
    const payment = await ask('shop-payments', `GET /payments/${body.id}`);
    expect(payment.body).toMatchObject({ amountCents: body.totalCents, status: 'charged' });
    for (const queue of ['notifications', 'reports'] as const) {
      const [message, ...more] = await receiveAll(queue);
      expect(more).toEqual([]);
      expect(JSON.parse(message?.body ?? '')).toMatchObject({ data: { id: body.id } });
    }
  });

  test('is refused, and undone, when a function that it needs dies', async () => {
    const chaos = { headers: { 'x-api-key': DEMO_INSTRUCTOR_KEY }, body: { kind: 'crash' } };
    expect((await ask('shop-payments', 'PUT /chaos/payments', chaos)).statusCode).toBe(200);
    const { statusCode, body } = await buy();
    expect([statusCode, body.code]).toEqual([503, 'DEPENDENCY_UNAVAILABLE']);
    expect(body).toMatchObject({ dependency: 'payments' });
    const order = await ask('shop-orders', `GET /orders/${body.orderId}`);
    expect(order.body.status).toBe('rejected');
    const payment = await ask('shop-payments', `GET /payments/${body.orderId}`);
    expect(payment.body).toMatchObject({ amountCents: 0, status: 'refunded' });
  });

  test('that no queue would take is confirmed all the same, and delivered by the schedule', async () => {
    const QueueUrl = queueOf('reports');
    await cloud.sqs.call('DeleteQueue', { QueueUrl });
    const { statusCode, body } = await buy();
    expect([statusCode, body.status]).toEqual([201, 'confirmed']);
    await cloud.sqs.call('CreateQueue', { QueueName: 'shop-reports-events' });
    const { functionError } = await cloud.lambda.invoke('shop-orders-deliver', '{}');
    expect(functionError).toBeUndefined();
    const [message] = await receiveAll('reports');
    expect(JSON.parse(message?.body ?? '')).toMatchObject({ data: { id: body.id } });
  });
});

/** Of one component, or of all. */
type Told = FaultState & FaultStates;

describe('a fault', () => {
  const headers = { 'x-api-key': DEMO_INSTRUCTOR_KEY, 'content-type': 'application/json' };
  async function chaos(request: string, fault?: object) {
    const [method = '', path] = request.split(' ');
    const body = fault === undefined ? null : JSON.stringify(fault);
    const answer = await fetch(`${cloud.invokeUrl}${path}`, { method, headers, body });
    return { statusCode: answer.status, body: (await answer.json()) as Told };
  }
  const stock = () => ask('shop-inventory', `GET /stock/${theLastTeapot.id}`);
  const atOnce = async (count: number) => {
    const answers = await Promise.all(Array.from({ length: count }, stock));
    return answers.map(({ statusCode }) => statusCode);
  };

  test('is in every environment, in those that start later as well, until it is healed in all', async () => {
    expect(await atOnce(2)).toEqual([200, 200]);
    const before = cloud.lambda.environmentsOf('shop-inventory').length;
    const set = await chaos('PUT /chaos/inventory', { kind: 'error', status: 500 });
    expect(set.statusCode).toBe(200);
    expect(await atOnce(before + 1)).toEqual(Array(before + 1).fill(500));
    expect(cloud.lambda.environmentsOf('shop-inventory')).toHaveLength(before + 1);
    const { body: state } = await chaos('GET /chaos/inventory');
    expect(state).toMatchObject({ fault: { kind: 'error' }, hits: before + 1 });
    await chaos('DELETE /chaos');
    expect(await atOnce(before + 1)).toEqual(Array(before + 1).fill(200));
  });

  test('is set, told and healed without waking a function', async () => {
    const names = ['catalog', 'orders', 'reports'].map((name) => `shop-${name}`);
    const invocations = () =>
      names.flatMap((name) => cloud.lambda.environmentsOf(name).map((one) => one.invocations));
    const before = invocations();
    await chaos('PUT /chaos/reports', { kind: 'exception' });
    const { body: states } = await chaos('GET /chaos');
    expect(states.unreachable).toEqual([]);
    expect(states.components).toContainEqual(
      expect.objectContaining({
        component: 'reports',
        fault: expect.objectContaining({ kind: 'exception' }),
      }),
    );
    await chaos('DELETE /chaos');
    expect(invocations()).toEqual(before);
  });

  test('that holds the database lets go of it before its environment is frozen', async () => {
    await chaos('PUT /chaos/inventory', { kind: 'db-lock', lockMs: 20_000 });
    const holding = stock();
    await expect.poll(async () => (await chaos('GET /chaos/inventory')).body.hits).toBe(1);
    await chaos('DELETE /chaos');
    expect((await holding).statusCode).toBe(200);
    expect((await buy()).statusCode).toBe(201);
  });

  test('that ends a process ends one of them', async () => {
    await atOnce(3);
    const before = cloud.lambda.environmentsOf('shop-inventory').length;
    await chaos('PUT /chaos/inventory', { kind: 'crash' });
    const answers = await atOnce(before);
    expect(answers.filter((status) => status !== 200)).toHaveLength(1);
    expect((await chaos('GET /chaos/inventory')).body.fault).toBeNull();
  });
});

describe('records of a queue', () => {
  test('are taken one by one: a bad one fails alone, and one that comes again changes nothing', async () => {
    const { body: order } = await buy();
    const records = (await receiveAll('notifications')).filter(({ body }) =>
      body.includes((order as Order).id),
    );
    const before = await toldTo(alice.id);
    const bad = [
      { messageId: 'no-json', body: '{' },
      { messageId: 'no-event', body: '{"id":"evt_1"}' },
    ];
    expect(await consume('shop-notifications-events', [...bad, ...records, ...records])).toEqual({
      batchItemFailures: [{ itemIdentifier: 'no-json' }, { itemIdentifier: 'no-event' }],
    });
    const after = await toldTo(alice.id);
    expect(after.length).toBe(before.length + 1);
    expect(after[0]).toMatchObject({ orderId: order.id, kind: 'order.confirmed' });
  });

  test('reach the books', async () => {
    const books = () => ask('shop-reports', 'GET /reports/revenue', { query: { by: 'day' } });
    await receiveAll('reports');
    const before = await books();
    const { body: order } = await buy();
    const taken = await consume('shop-reports-events', await receiveAll('reports'));
    expect(taken).toEqual({ batchItemFailures: [] });
    const earned = (await books()).body.totalCents - before.body.totalCents;
    expect(earned).toBe(order.totalCents);
  });
});
