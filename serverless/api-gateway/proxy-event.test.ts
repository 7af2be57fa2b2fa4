// api-gateway/proxy-event.test.ts: what a function gets of a request, as AWS documents version 1.0.
import { expect, test } from 'vitest';
import { ask, type Lab, proxy, startLab } from './test-kit.ts';

const eventOf = (lab: Lab) => lab.asked.at(-1)?.event;

async function withOrders(document = {}) {
  const lab = await startLab();
  const operation = { operationId: 'orders', ...proxy() };
  const item = { get: operation, post: operation };
  const deployed = lab.deploy(
    { '/orders': item, '/orders/{orderId}': item },
    { document, settings: { variables: { tea: 'Assam' } } },
  );
  return { lab, ...deployed };
}

test('the whole event of a request has the documented form', async () => {
  const { lab, id, url } = await withOrders();
  const { host, port } = new URL(url);
  const headers = { Accept: '*/*', 'User-Agent': 'kettle/1', Host: host };
  const reply = await ask(`${url}/orders/ord_1?full=1`, { headers });
  const trace = reply.headers['x-amzn-trace-id'];
  const sent = {
    ...headers,
    'X-Forwarded-For': '127.0.0.1',
    'X-Forwarded-Port': port,
    'X-Forwarded-Proto': 'http',
    'X-Amzn-Trace-Id': trace,
  };
  const lists = Object.entries(sent).map(([name, value]) => [name, [value]]);
  const none = expect.objectContaining({ cognitoIdentityId: null, userArn: null, caller: null });
  expect(eventOf(lab)).toEqual({
    resource: '/orders/{orderId}',
    path: '/orders/ord_1',
    httpMethod: 'GET',
    headers: sent,
    multiValueHeaders: Object.fromEntries(lists),
    queryStringParameters: { full: '1' },
    multiValueQueryStringParameters: { full: ['1'] },
    pathParameters: { orderId: 'ord_1' },
    stageVariables: { tea: 'Assam' },
    requestContext: {
      accountId: '000000000000',
      apiId: id,
      authorizer: null,
      deploymentId: expect.stringMatching(/^[a-z0-9]{6}$/),
      domainName: host,
      domainPrefix: id,
      extendedRequestId: reply.headers['x-amz-apigw-id'],
      httpMethod: 'GET',
      identity: none,
      operationName: 'orders',
      path: `/restapis/${id}/prod/_user_request_/orders/ord_1`,
      protocol: 'HTTP/1.1',
      requestId: reply.headers['x-amzn-requestid'],
      requestTime: '25/Nov/2026:09:00:00 +0000',
      requestTimeEpoch: lab.clock.ms,
      resourceId: expect.stringMatching(/^[a-z0-9]{6}$/),
      resourcePath: '/orders/{orderId}',
      stage: 'prod',
    },
    body: null,
    isBase64Encoded: false,
  });
  expect(eventOf(lab)?.requestContext.identity).toMatchObject({
    sourceIp: '127.0.0.1',
    userAgent: 'kettle/1',
    apiKey: null,
    apiKeyId: null,
  });
});

test('where there is nothing, it says null', async () => {
  const lab = await startLab();
  const { url } = lab.deploy({ '/': { get: proxy() } });
  await ask(url);
  expect(eventOf(lab)).toMatchObject({
    path: '/',
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    body: null,
  });
});

test('of repeated headers and parameters one map has the last, the other all', async () => {
  const { lab, url } = await withOrders();
  await ask(`${url}/orders?tea=Assam&pot=1&tea=Sencha`, { headers: { 'X-Tea': ['a', 'b,c'] } });
  const event = eventOf(lab);
  expect(event?.headers['X-Tea']).toBe('b,c');
  expect(event?.multiValueHeaders['X-Tea']).toEqual(['a', 'b,c']);
  expect(event?.queryStringParameters).toEqual({ tea: 'Sencha', pot: '1' });
  expect(event?.multiValueQueryStringParameters).toEqual({ tea: ['Assam', 'Sencha'], pot: ['1'] });
});

test('parameters of the query are decoded, the path and its variables are not', async () => {
  const { lab, url } = await withOrders();
  await ask(`${url}/orders/a%2Bb%20c?q=a%2Bb+c%C3%A9`);
  expect(eventOf(lab)).toMatchObject({
    path: '/orders/a%2Bb%20c',
    pathParameters: { orderId: 'a%2Bb%20c' },
    queryStringParameters: { q: 'a+b cé' },
  });
});

test('a body is text, whatever its type, unless the API lists the type as binary', async () => {
  const { lab, url } = await withOrders({
    'x-amazon-apigateway-binary-media-types': ['image/png'],
  });
  const send = async (type: string, body: string | Buffer) => {
    await ask(`${url}/orders`, { method: 'POST', headers: { 'Content-Type': type }, body });
    return eventOf(lab);
  };
  expect(await send('application/json', '{"é":1}')).toMatchObject({
    body: '{"é":1}',
    isBase64Encoded: false,
  });
  const bytes = Buffer.from([0, 255, 137, 80]);
  expect(await send('image/png; q=1', bytes)).toMatchObject({
    body: bytes.toString('base64'),
    isBase64Encoded: true,
  });
});

test('`*/*` makes every body binary', async () => {
  const { lab, url } = await withOrders({ 'x-amazon-apigateway-binary-media-types': ['*/*'] });
  await ask(`${url}/orders`, { method: 'POST', body: 'tea' });
  expect(eventOf(lab)).toMatchObject({ body: 'dGVh', isBase64Encoded: true });
});

test('the client’s address is added to those before it; headers of the connection stay here', async () => {
  const { lab, url } = await withOrders();
  const headers = { 'x-forwarded-for': '10.0.0.1', connection: 'close', 'content-length': 3 };
  await ask(`${url}/orders`, { method: 'POST', headers, body: 'tea' });
  const names = Object.keys(eventOf(lab)?.headers ?? {}).map((name) => name.toLowerCase());
  expect(eventOf(lab)?.headers['X-Forwarded-For']).toBe('10.0.0.1, 127.0.0.1');
  expect(names).not.toContain('connection');
  expect(names).not.toContain('content-length');
});

test('a trace goes on where the client began it, else one begins; Lambda is told', async () => {
  const { lab, url } = await withOrders();
  const trace = 'Root=1-65600000-0123456789abcdef01234567;Sampled=1';
  await ask(`${url}/orders`, { headers: { 'X-Amzn-Trace-Id': trace } });
  expect(lab.asked.at(-1)?.options?.traceId).toBe(trace);
  expect(eventOf(lab)?.headers['X-Amzn-Trace-Id']).toBe(trace);
  const { headers } = await ask(`${url}/orders`);
  const made = lab.asked.at(-1)?.options?.traceId;
  expect(made).toMatch(/^Root=1-6[0-9a-f]{7}-[0-9a-f]{24}$/);
  expect(headers['x-amzn-trace-id']).toBe(made);
});
