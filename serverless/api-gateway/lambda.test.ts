// api-gateway/lambda.test.ts: the gateway in front of the local Lambda, with functions that run.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gatewayResponses } from '../deploy/gateway-responses.ts';
import { serviceInvoke } from '../lambda/service-invoke.ts';
import { startTestLambda, type TestLambda } from '../lambda/test-kit.ts';
import type { OpenApiDocument } from './openapi.ts';
import { ask, proxy, startLab } from './test-kit.ts';

let lambda: TestLambda;

beforeAll(async () => {
  lambda = await startTestLambda();
  lambda.define(
    'echo',
    `async (event) => ({
      statusCode: 201,
      headers: { 'X-Trace': process.env._X_AMZN_TRACE_ID ?? '' },
      body: JSON.stringify({ ...event, body: event.body?.length }),
    })`,
  );
  lambda.define('fail', "async () => { throw new Error('a secret'); }");
  lambda.define('chatty', "async () => ({ body: 'x'.repeat(6_400_000) })");
  lambda.define('none', 'async () => ({})', { reservedConcurrency: 0 });
  lambda.define('slow', 'async () => new Promise((done) => setTimeout(done, 60_000))', {
    timeoutSeconds: 60,
  });
});
afterAll(() => lambda.close());

async function asking(
  name: string,
  options: Parameters<typeof ask>[1] = {},
  path = '/',
  document: Partial<OpenApiDocument> = {},
) {
  const lab = await startLab({ invoke: serviceInvoke(lambda), integrationTimeoutMs: 20_000 });
  const timeoutInMillis = name === 'slow' ? 200 : 20_000;
  const item = { 'x-amazon-apigateway-any-method': proxy(name, { timeoutInMillis }) };
  const { url } = lab.deploy({ '/': item, '/orders/{orderId}': item }, { document });
  return ask(`${url}${path}`, options);
}

test('a request reaches a function and its answer comes back', async () => {
  const body = '{"tea":"Assam"}';
  const headers = { 'X-Amzn-Trace-Id': 'Root=1-65600000-0123456789abcdef01234567' };
  const reply = await asking('echo', { method: 'PUT', body, headers }, '/orders/ord_1?a=1');
  expect(reply.status).toBe(201);
  expect(reply.json).toMatchObject({
    resource: '/orders/{orderId}',
    httpMethod: 'PUT',
    pathParameters: { orderId: 'ord_1' },
    queryStringParameters: { a: '1' },
    body: body.length,
  });
  expect(reply.headers['x-trace']).toContain('1-65600000-0123456789abcdef01234567');
});

test.each([
  ['fail', 502],
  ['chatty', 502],
  ['none', 500],
  ['nobody', 500],
])('%s: %i Internal server error, and no detail', async (name, status) => {
  const reply = await asking(name);
  expect(reply).toMatchObject({ status, json: { message: 'Internal server error' } });
  expect(reply.text).not.toContain('secret');
});

test('a function that takes longer than the gateway waits: 504', async () => {
  expect(await asking('slow')).toMatchObject({
    status: 504,
    json: { message: 'Endpoint request timed out' },
  });
});

test('a body below the gateway’s 10 MB may be above Lambda’s 6 MB: 413', async () => {
  const send = (bytes: number) =>
    asking('echo', { method: 'POST', body: Buffer.alloc(bytes, 'x') });
  expect((await send(6_000_000)).status).toBe(201);
  expect(await send(6_300_000)).toMatchObject({
    status: 413,
    json: { message: 'Request Too Long' },
  });
});

test.each([
  [6_300_000, 'Request Too Long'],
  [10_485_761, 'HTTP content length exceeded 10485760 bytes.'],
])('the shop’s answer to %i bytes names the limit that they exceed', async (bytes, words) => {
  const document = { 'x-amazon-apigateway-gateway-responses': gatewayResponses };
  const body = Buffer.alloc(bytes, 'x');
  const { status, text } = await asking('echo', { method: 'POST', body }, '/', document);
  expect([status, JSON.parse(text).detail]).toEqual([
    413,
    `A body may have 10 MB, and 6 MB as the event of a function: ${words}`,
  ]);
});
