// runtime/http-client.test.ts: what a caller learns of a service that answers, breaks, or says nothing.
// Run by vitest; the service is a function.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { getPrices } from '../contract/catalog.ts';
import { returnStock, takeStock } from '../contract/inventory.ts';
import { callFrom } from './call.ts';
import { createHttpClient } from './http-client.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;
const call = callFrom({}, 'alice-1');
const orderId = 'ord_1';
const reservation = { orderId, status: 'returned' };

/** A client of `inventory`, which does what `handler` says. */
async function clientOf(handler: Handler, timeoutMs = 10_000) {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createHttpClient({ name: 'inventory', baseUrls: [baseUrl], timeoutMs });
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await client.close();
  });
  return client;
}

const answering =
  (status: number, body: string): Handler =>
  (_request, response) =>
    response.writeHead(status).end(body);

const problemFrom = async (handler: Handler, timeoutMs?: number) => {
  const client = await clientOf(handler, timeoutMs);
  return client.send(returnStock, { params: { orderId } }, call).catch((thrown) => thrown);
};

describe('a call', () => {
  test('goes where the operation says, with what it was given', async () => {
    const seen: unknown[] = [];
    const client = await clientOf(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      const { 'content-type': type, 'idempotency-key': key } = request.headers;
      seen.push([request.method, request.url, type, key, body]);
      response.writeHead(request.url?.endsWith('return') ? 200 : 201).end('{"orderId":"ord_1"}');
    });
    const body = { orderId, lines: [{ productId: 'prd_0161', quantity: 1 }] };
    await client.send(returnStock, { params: { orderId: 'a/b ?' } }, call);
    await client.send(takeStock, { body }, { ...call, idempotencyKey: 'once' });
    expect(seen).toEqual([
      ['POST', '/reservations/a%2Fb%20%3F/return', undefined, undefined, ''],
      ['POST', '/reservations', 'application/json', 'once', JSON.stringify(body)],
    ]);
  });

  test('carries its query', async () => {
    const urls: (string | undefined)[] = [];
    const client = await clientOf((request, response) => {
      urls.push(request.url);
      response.end('{"items":[]}');
    });
    await client.send(getPrices, { query: { productIds: 'prd_1,prd_2&x' } }, call);
    expect(urls).toEqual(['/prices?productIds=prd_1%2Cprd_2%26x']);
  });

  test('carries the request id and the trace, with a span of its own', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const traceparent = `00-${trace}-00f067aa0ba902b7-01`;
    const client = await clientOf(({ headers }, response) => {
      expect(headers['x-request-id']).toBe('alice-1');
      expect(headers.traceparent).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
      expect(headers.traceparent).not.toBe(traceparent);
      response.end(JSON.stringify(reservation));
    });
    const traced = { ...call, traceparent };
    expect(await client.send(returnStock, { params: { orderId } }, traced)).toEqual(reservation);
  });
});

describe('the service’s own refusal', () => {
  test('passes with its status, code, sentence and values', async () => {
    const body = {
      type: 'x',
      title: 'No',
      status: 409,
      code: 'OUT_OF_STOCK',
      detail: 'Gone.',
      left: 1,
    };
    expect(await problemFrom(answering(409, JSON.stringify(body)))).toMatchObject({
      status: 409,
      code: 'OUT_OF_STOCK',
      title: 'No',
      message: 'Gone.',
      values: { left: 1 },
    });
  });
});

describe('a service is unavailable, and named,', () => {
  const unavailable = {
    status: 503,
    code: 'DEPENDENCY_UNAVAILABLE',
    values: { dependency: 'inventory' },
  };
  const injected = '{"status":500,"code":"INJECTED_FAULT","title":"","detail":""}';
  test.each([
    ['when it breaks', 500, injected],
    ['when it needs somebody who is slow', 504, '{"code":"DEPENDENCY_TIMEOUT"}'],
    ['when it refuses without a reason', 404, 'Not Found'],
    ['when it refuses with nothing', 404, ''],
    ['when its success is no JSON', 200, '<html>'],
    ['when its success is empty', 200, ''],
    ['when it answers with another success', 202, JSON.stringify(reservation)],
    ['when it sends its caller elsewhere', 302, '{"code":"ELSEWHERE"}'],
  ])('%s', async (_when, status, body) => {
    expect(await problemFrom(answering(status, body))).toMatchObject(unavailable);
  });

  test('when it hangs up before or during its answer', async () => {
    const before: Handler = (request) => request.socket.destroy();
    const during: Handler = (request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{', () => request.socket.destroy());
    };
    expect(await problemFrom(before)).toMatchObject(unavailable);
    expect(await problemFrom(during)).toMatchObject(unavailable);
  });

  test('when nobody listens', async () => {
    const options = { name: 'inventory', baseUrls: ['http://127.0.0.1:1'], timeoutMs: 10_000 };
    const client = createHttpClient(options);
    const sent = client.send(returnStock, { params: { orderId } }, call);
    await expect(sent).rejects.toMatchObject(unavailable);
    await expect(client.ping()).rejects.toMatchObject(unavailable);
    await client.close();
  });
});

describe('a service is too slow, and named,', () => {
  const late = { status: 504, code: 'DEPENDENCY_TIMEOUT', values: { dependency: 'inventory' } };

  test('when it says nothing in time', async () => {
    expect(await problemFrom(() => {}, 50)).toMatchObject(late);
  });

  test('when it does not come to an end in time', async () => {
    const endless: Handler = (_request, response) => response.writeHead(200).write('{');
    expect(await problemFrom(endless, 50)).toMatchObject(late);
  });
});

describe('a ping', () => {
  test('asks for the health and is content with it', async () => {
    const client = await clientOf((request, response) => {
      response.writeHead(request.url === '/health' ? 200 : 404).end('{}');
    });
    await client.ping();
  });

  test('fails when the service is there but not well', async () => {
    const client = await clientOf(answering(500, ''));
    await expect(client.ping()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  });
});
