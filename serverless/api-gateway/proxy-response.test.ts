// api-gateway/proxy-response.test.ts: what the client gets of what a function returned, or failed to.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { answering, ask, proxy, returning, startLab } from './test-kit.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

async function withFunction(value: unknown, binary: string[] = []) {
  const lab = await startLab();
  lab.invoke = returning(value);
  const document = { 'x-amazon-apigateway-binary-media-types': binary };
  return { lab, ...lab.deploy({ '/': { get: proxy() } }, { document }) };
}

describe('the output of a function', () => {
  test('gives status, headers and body', async () => {
    const { url } = await withFunction({
      statusCode: 201,
      headers: { Location: '/orders/1', 'Content-Type': 'text/plain', 'X-New': true },
      body: 'tea é',
    });
    const reply = await ask(url);
    expect(reply).toMatchObject({ status: 201, text: 'tea é' });
    expect(reply.headers).toMatchObject({
      location: '/orders/1',
      'content-type': 'text/plain',
      'x-new': 'true',
    });
  });

  test('multiValueHeaders are merged with headers; what is in both is sent once', async () => {
    const { url } = await withFunction({
      headers: { 'Set-Cookie': 'a=1', Vary: 'Origin' },
      multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'] },
    });
    const { headers } = await ask(url);
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(headers.vary).toBe('Origin');
  });

  test.each([[{}], [{ statusCode: null }], [{ statusCode: '200', body: null, headers: null }]])(
    'nothing must be in it: %j is 200, application/json, empty',
    async (value) => {
      const { url } = await withFunction(value);
      const reply = await ask(url);
      expect(reply).toMatchObject({ status: 200, text: '' });
      expect(reply.headers['content-type']).toBe('application/json');
    },
  );

  test.each([
    ['a text', 'ok'],
    ['null', null],
    ['a list', [1]],
    ['another field', { statusCode: 200, wrongValue: 'value' }],
    ['a body that is an object', { statusCode: 200, body: { tea: 'Assam' } }],
    ['a status that is no number', { statusCode: 'fine' }],
    ['a status that does not exist', { statusCode: 99 }],
    ['a header that is a number', { headers: { 'X-Count': 3 } }],
    ['a header with a line break', { headers: { 'X-Bad': 'a\nb' } }],
    ['multiValueHeaders without a list', { multiValueHeaders: { 'X-A': 'a' } }],
  ])('%s is malformed: 502 Internal server error', async (_, value) => {
    const { url } = await withFunction(value);
    const reply = await ask(url);
    expect(reply).toMatchObject({ status: 502, json: { message: 'Internal server error' } });
    expect(reply.headers['x-amzn-errortype']).toBe('InternalServerErrorException');
  });

  test('base64 is decoded for a client whose first accepted type is binary, and no other', async () => {
    const body = Buffer.from([0, 255, 137]).toString('base64');
    const { url } = await withFunction({ isBase64Encoded: true, body }, ['image/png']);
    const accepting = (accept: string) => ask(url, { headers: { accept } });
    expect([...(await accepting('image/png, */*')).bytes]).toEqual([0, 255, 137]);
    expect((await accepting('*/*, image/png')).text).toBe(body);
    expect((await ask(url)).text).toBe(body);
  });

  test('headers that are the gateway’s own are renamed', async () => {
    const { url } = await withFunction({
      headers: { Date: 'then', Server: 'kettle', 'Content-Length': '999', Connection: 'close' },
      body: 'tea',
    });
    const { headers, text } = await ask(url);
    expect(text).toBe('tea');
    expect(headers['content-length']).toBe('3');
    expect(headers.server).toBeUndefined();
    expect(headers).toMatchObject({
      'x-amzn-remapped-date': 'then',
      'x-amzn-remapped-server': 'kettle',
      'x-amzn-remapped-content-length': '999',
      'x-amzn-remapped-connection': 'close',
    });
  });

  test('204 has no body and no length', async () => {
    const { url } = await withFunction({ statusCode: 204 });
    const { status, headers } = await ask(url);
    expect(status).toBe(204);
    expect(headers['content-length']).toBeUndefined();
  });

  test('every answer carries the ids of its request', async () => {
    const { lab, url } = await withFunction({});
    const { headers } = await ask(url);
    const context = lab.asked[0]?.event.requestContext;
    expect(headers['x-amzn-requestid']).toBe(context?.requestId);
    expect(headers['x-amz-apigw-id']).toMatch(/^[\w-]{15}=$/);
    expect(headers['x-amzn-trace-id']).toMatch(/^Root=1-/);
    const refused = await ask(`${url}/nothing`);
    expect(refused.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(refused.headers['x-amz-apigw-id']).toMatch(/^[\w-]{15}=$/);
  });
});

describe('a function that gives no output', () => {
  const failing = { functionError: 'Unhandled', payload: '{"statusCode":200,"body":"no tea"}' };
  test.each([
    ['failed: 502, and not a word of its error', failing, 502, 'Internal server error'],
    // The lesson of invoke-function.ts: nothing in this answer says that it was a throttle.
    [
      'was throttled by Lambda: 500, not 429',
      { statusCode: 429, throttled: true },
      500,
      'Internal server error',
    ],
    ['does not exist: 500', { statusCode: 404 }, 500, 'Internal server error'],
    ['cannot take so large an event: 413', { statusCode: 413 }, 413, 'Request Too Long'],
  ])('%s', async (_, result, status, message) => {
    const { lab, url } = await withFunction({});
    lab.invoke = answering(result);
    expect(await ask(url)).toMatchObject({ status, json: { message } });
  });

  test('takes too long: 504 Endpoint request timed out', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const lab = await startLab({ integrationTimeoutMs: 20 });
    lab.invoke = () => new Promise(() => {});
    const { url } = lab.deploy({
      '/': { get: proxy() },
      '/patient': { get: proxy('shop', { timeoutInMillis: 50 }) },
    });
    const late = { status: 504, json: { message: 'Endpoint request timed out' } };
    expect(await ask(url)).toMatchObject(late);
    expect(await ask(`${url}/patient`)).toMatchObject(late);
    const waited = timers.mock.calls.map(([, ms]) => ms);
    expect(waited.filter((ms) => ms === 20 || ms === 50)).toEqual([20, 50]);
  });

  test('the timeout is 29 s unless somebody asks for less', async () => {
    const { lab, url } = await withFunction({});
    const timers = vi.spyOn(globalThis, 'setTimeout');
    await ask(url);
    expect(timers.mock.calls.map(([, ms]) => ms)).toContain(29_000);
    expect(lab.asked[0]?.options).toEqual({ traceId: expect.stringMatching(/^Root=1-/) });
  });
});
