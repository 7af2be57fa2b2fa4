// runtime/lambda-dispatcher.test.ts: a function in the place of a service, as its caller sees it.
// Run by vitest; the Invoke API is a function.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { getPrices } from '../contract/catalog.ts';
import { returnStock, takeStock } from '../contract/inventory.ts';
import { callFrom } from './call.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import { createLambdaDispatcher } from './lambda-dispatcher.ts';

interface Invocation {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly event: Record<string, unknown>;
}

/** What the Invoke API answers with; undefined: nothing at all. */
interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly payload: unknown;
}

const call = callFrom({}, 'alice-1');
const orderId = 'ord_1';
const reservation = { orderId, status: 'returned' };
const result = (statusCode: number, body: unknown) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

let server: Server;
let client: HttpClient;
let invocations: Invocation[];
let answer: Answer | undefined;

beforeEach(async () => {
  [invocations, answer] = [[], { payload: result(200, reservation) }];
  server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    invocations.push({ path: request.url, headers: request.headers, event: JSON.parse(text) });
    if (answer === undefined) return;
    response
      .writeHead(answer.status ?? 200, answer.headers)
      .end(typeof answer.payload === 'string' ? answer.payload : JSON.stringify(answer.payload));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = clientWithin(10_000);
});
afterEach(async () => {
  vi.useRealTimers();
  server.close();
  server.closeAllConnections();
  await client.close();
});

const settings = () => ({
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
  AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  AWS_ENDPOINT_URL_SQS: '',
});

function clientWithin(timeoutMs: number): HttpClient {
  const baseUrls = ['lambda:shop-inventory'];
  return createHttpClient({ name: 'inventory', baseUrls, timeoutMs, aws: settings() });
}

const send = () => client.send(returnStock, { params: { orderId } }, call);
const problem = () => send().catch((thrown) => thrown);

describe('a call', () => {
  test('arrives as API Gateway would have passed it on', async () => {
    answer = { payload: result(201, reservation) };
    const body = { orderId, lines: [{ productId: 'prd_0161', quantity: 1 }] };
    await client.send(takeStock, { body }, { ...call, idempotencyKey: 'once' });
    expect(invocations[0]?.path).toBe('/2015-03-31/functions/shop-inventory/invocations');
    expect(invocations[0]?.event).toMatchObject({
      httpMethod: 'POST',
      path: '/reservations',
      queryStringParameters: null,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': 'once',
        'x-request-id': 'alice-1',
      },
      body: JSON.stringify(body),
      isBase64Encoded: false,
    });
  });

  test('whose body is a stream carries all of it', async () => {
    answer = { payload: result(200, {}) };
    const { dispatcher, close } = createLambdaDispatcher('shop-orders', settings());
    const body = Readable.from([Buffer.from('{"cou'), Buffer.from('pling":"queue"}')]);
    const { statusCode } = await dispatcher.request({ path: '/coupling', method: 'PUT', body });
    await close();
    expect(statusCode).toBe(200);
    expect(invocations[0]?.event).toMatchObject({ body: '{"coupling":"queue"}' });
  });

  test('carries its query, decoded', async () => {
    answer = { payload: result(200, { items: [] }) };
    await client.send(getPrices, { query: { productIds: 'prd_1,prd_2&x' } }, call);
    expect(invocations[0]?.event).toMatchObject({
      path: '/prices',
      queryStringParameters: { productIds: 'prd_1,prd_2&x' },
      multiValueQueryStringParameters: { productIds: ['prd_1,prd_2&x'] },
      body: null,
    });
  });

  test('is signed with the credentials of the environment', async () => {
    await send();
    const { authorization, ...headers } = invocations[0]?.headers ?? {};
    expect(authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/lambda\/aws4_request, SignedHeaders=content-length;content-type;host;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
    );
    expect(headers['x-amz-security-token']).toBe('token');
  });

  test('gets the answer, also one in base64', async () => {
    expect(await send()).toEqual(reservation);
    const { body, ...rest } = result(200, reservation);
    const encoded = Buffer.from(body).toString('base64');
    answer = { payload: { ...rest, body: encoded, isBase64Encoded: true } };
    expect(await send()).toEqual(reservation);
  });

  test('uses one connection, and another after a pause in which the function may have been frozen', async () => {
    const ports = new Set<number | undefined>();
    server.on('request', ({ socket }) => ports.add(socket.remotePort));
    await send();
    await new Promise(setImmediate); // undici frees a connection a moment after the answer
    await send();
    expect(ports.size).toBe(1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    await send();
    expect(ports.size).toBe(2);
  });
});

test('the function’s own refusal passes as it is', async () => {
  const body = { type: 'x', title: 'No', status: 409, code: 'OUT_OF_STOCK', detail: 'Gone.' };
  answer = { payload: result(409, body) };
  expect(await problem()).toMatchObject({ status: 409, code: 'OUT_OF_STOCK', message: 'Gone.' });
});

const failed = { 'x-amz-function-error': 'Unhandled' };
test.each<[string, Answer]>([
  ['throttled', { status: 429, payload: { Reason: 'ConcurrentInvocationLimitExceeded' } }],
  ['broken', { headers: failed, payload: { errorType: 'Runtime.ExitError' } }],
  ['not there', { status: 404, payload: { Type: 'User' } }],
  ['none behind HTTP', { payload: { hello: 'world' } }],
  ['silent', { payload: null }],
  ['talking something else', { payload: '<html>' }],
])('a function that is %s is a service that is down, and named', async (_what, given) => {
  answer = given;
  expect(await problem()).toMatchObject({
    status: 503,
    code: 'DEPENDENCY_UNAVAILABLE',
    values: { dependency: 'inventory' },
  });
});

test('a function that takes too long is a service that is too slow', async () => {
  answer = undefined;
  client = clientWithin(50);
  expect(await problem()).toMatchObject({ status: 504, code: 'DEPENDENCY_TIMEOUT' });
});

test('a ping asks the function for its health', async () => {
  await client.ping();
  expect(invocations[0]?.event).toMatchObject({ httpMethod: 'GET', path: '/health' });
});
