// gateway/forward.test.ts: what passes through the front door, and what its caller sees when it cannot.
// Run by vitest; every gateway is closed after its test, so whatever hangs fails it.
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { answering, type Handler, send, startGateway } from './fake-services.ts';

const key = { 'x-api-key': 'demo-student-one-shop' };
const json = { 'content-type': 'application/json' };

/** Keeps what arrived, and answers with the body it got. */
function echo() {
  const seen: { url: string; headers: IncomingHttpHeaders }[] = [];
  const handler: Handler = (request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers });
    request.pipe(response);
  };
  return { seen, handler };
}

describe('what passes', () => {
  test('an answer, byte for byte, with its status and headers', async () => {
    const bytes = randomBytes(2_000_000);
    const headers = { 'content-type': 'application/x-tea', 'set-cookie': ['a=1', 'b=2'] };
    const catalog: Handler = (_request, response) => response.writeHead(418, headers).end(bytes);
    const answer = await send(`${await startGateway({ catalog })}/products`);
    expect(answer.status).toBe(418);
    expect(answer.headers).toMatchObject(headers);
    expect(answer.bytes.equals(bytes)).toBe(true);
  });

  test('a body, byte for byte, even one that is no JSON', async () => {
    const { handler: orders } = echo();
    const url = `${await startGateway({ orders })}/orders`;
    for (const body of [Buffer.from('{ "a" : 1,"a":2 }\n'), randomBytes(50_000)]) {
      const sent = { method: 'POST', headers: { ...key, ...json } };
      expect((await send(url, { ...sent, body })).bytes.equals(body)).toBe(true);
      const pieces = [body.subarray(0, 9), body.subarray(9)];
      expect((await send(url, { ...sent, body: pieces })).bytes.equals(body)).toBe(true);
    }
  });

  test('the path and the query, as they were written', async () => {
    const { seen, handler: catalog } = echo();
    const url = await startGateway({ catalog });
    const paths = ['/products?q=t%C3%A4%20&q=+&empty=', '/products/prd_%30001?a%5B%5D'];
    for (const path of paths) await send(url + path);
    expect(seen.map((request) => request.url)).toEqual(paths);
  });

  test('of the caller’s headers, only what a service needs to know', async () => {
    const { seen, handler: orders } = echo();
    const headers = { ...json, 'idempotency-key': 'once', cookie: 'a=1', 'x-other': 'b', te: 'c' };
    const url = `${await startGateway({ orders })}/orders`;
    await send(url, { method: 'POST', headers: { ...key, ...headers }, body: Buffer.from('{}') });
    const passed = Object.keys(seen[0]?.headers ?? {}).sort();
    const own = ['connection', 'host', 'traceparent', 'x-request-id'];
    expect(passed).toEqual([...own, 'content-length', 'content-type', 'idempotency-key'].sort());
  });

  test('the request id and the trace, with a span of the gateway’s own', async () => {
    const { seen, handler: catalog } = echo();
    const trace = 'a'.repeat(32);
    const traceparent = `00-${trace}-${'b'.repeat(16)}-01`;
    const headers = { 'x-request-id': 'alice-1', traceparent };
    await send(`${await startGateway({ catalog })}/products`, { headers });
    expect(seen[0]?.headers['x-request-id']).toBe('alice-1');
    expect(seen[0]?.headers.traceparent).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
    expect(seen[0]?.headers.traceparent).not.toBe(traceparent);
  });
});

describe('what stays', () => {
  test('headers that speak of one connection, on both sides', async () => {
    const catalog: Handler = (_request, response) =>
      response.writeHead(200, { connection: 'close', 'keep-alive': 'timeout=77' }).end('{}');
    const headers = { connection: 'keep-alive' };
    const answer = await send(`${await startGateway({ catalog })}/products`, { headers });
    expect(answer.headers.connection).toBe('keep-alive');
    expect(answer.headers['keep-alive']).not.toBe('timeout=77');
  });

  test('the body of a GET', async () => {
    const { seen, handler: catalog } = echo();
    const sent = { headers: json, body: Buffer.from('{"not":"wanted"}') };
    const answer = await send(`${await startGateway({ catalog })}/products`, sent);
    expect([answer.status, answer.text, seen.length]).toEqual([200, '', 1]);
    expect(seen[0]?.headers['transfer-encoding']).toBeUndefined();
  });

  test.each([
    ['without a key', 'POST', '/orders', {}, '401 KEY_MISSING'],
    ['with a wrong key', 'GET', '/products', { 'x-api-key': 'mine' }, '401 KEY_UNKNOWN'],
    ['with a body too large', 'POST', '/orders', key, '413 BODY_TOO_LARGE'],
    ['to what is internal', 'POST', '/reservations', key, '404 NO_SUCH_ROUTE'],
    ['by a wrong method', 'DELETE', '/products', key, '405 METHOD_NOT_ALLOWED'],
  ] as const)('a request %s: no service sees it', async (_what, method, path, headers, code) => {
    const { seen, handler } = echo();
    const everywhere = { catalog: handler, inventory: handler, orders: handler };
    const url = await startGateway(everywhere, { BODY_LIMIT_BYTES: '100' });
    const body = method === 'POST' ? { body: randomBytes(101) } : {};
    const { status, text } = await send(url + path, { method, headers, ...body });
    expect(`${status} ${JSON.parse(text).code}`).toBe(code);
    expect(seen).toEqual([]);
  });

  test('what meets a fault of the gateway', async () => {
    const { seen, handler: catalog } = echo();
    const url = await startGateway({ catalog });
    const headers = { 'x-api-key': 'demo-instructor-one-shop', ...json };
    const body = Buffer.from('{"kind":"error","status":500}');
    await send(`${url}/chaos/gateway`, { method: 'PUT', headers, body });
    const { status, text } = await send(`${url}/products`);
    expect([status, JSON.parse(text).code]).toEqual([500, 'INJECTED_FAULT']);
    expect(seen).toEqual([]);
  });
});

describe('a service', () => {
  const problemOf = async (url: string) => {
    const { status, text, headers } = await send(url);
    expect(headers['content-type']).toBe('application/problem+json');
    const { code, dependency } = JSON.parse(text);
    return { status, code, dependency };
  };
  const unavailable = { status: 503, code: 'DEPENDENCY_UNAVAILABLE', dependency: 'catalog' };
  const patient = { SERVICE_TIMEOUT_MS: '100' };

  test('that is dead is named, and the others go on', async () => {
    const url = await startGateway({ inventory: answering(200, 'here') });
    expect(await problemOf(`${url}/products`)).toEqual(unavailable);
    expect((await send(`${url}/stock/prd_0001`)).text).toBe('"here"');
  });

  test('that hangs up without a word is named', async () => {
    const catalog: Handler = (request) => request.socket.destroy();
    expect(await problemOf(`${await startGateway({ catalog })}/products`)).toEqual(unavailable);
  });

  test('that is too slow is named', async () => {
    const url = await startGateway({ catalog: () => {} }, patient);
    expect(await problemOf(`${url}/products`)).toEqual({
      status: 504,
      code: 'DEPENDENCY_TIMEOUT',
      dependency: 'catalog',
    });
  });

  test.each([
    ['breaks off', (socket: { destroy(): void }) => socket.destroy()],
    ['stops talking', () => {}],
  ])('that %s half-way ends the caller’s connection half-way too', async (_how, then) => {
    const catalog: Handler = (request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('the first half', () => then(request.socket));
    };
    const url = `${await startGateway({ catalog }, patient)}/products`;
    await expect(send(url)).rejects.toThrow(/aborted/);
  });

  test('is left alone by the gateway when the caller has left', async () => {
    const closed: string[] = [];
    const catalog: Handler = (request, response) => {
      response.writeHead(200).write('the first half');
      request.socket.on('close', () => closed.push(request.url ?? ''));
    };
    const leaving = new AbortController();
    const url = `${await startGateway({ catalog })}/products`;
    const answer = await fetch(url, { signal: leaving.signal });
    leaving.abort();
    await expect(answer.text()).rejects.toThrow(/abort/);
    await vi.waitFor(() => expect(closed).toEqual(['/products']), 5000);
  });
});
