// test/chassis-suite.ts: what every framework must do around a use case, proven on a made-up one.
// Registered by the chassis.test.ts of Express and of Fastify, so that both answer alike.
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { securityHeaders } from '../runtime/front-door.ts';
import { chassisOperating } from './chassis-operating.ts';
import { ask, codeOf, json, type Mount, post, probeParts, state } from './chassis-probe.ts';

/** Registers the tests. */
export function chassisSuite(mount: Mount): void {
  beforeAll(async () => {
    state.url = await mount(probeParts());
  });
  beforeEach(() => {
    state.lines.length = 0;
    state.databaseIsUp = true;
  });
  answers();
  refusals();
  breakage();
  headers();
  chassisOperating();
}

function answers(): void {
  test('success has the operation’s status, and exactly what its schema says', async () => {
    const { status, type, headers, text } = await post('{"amountCents":250}');
    expect([status, type]).toEqual([201, 'application/json; charset=utf-8']);
    expect(text).toBe('{"name":"teapot","quantity":1,"totalCents":250}');
    expect(headers.get('content-length')).toBe(String(text.length));
  });

  test('what stands in a path or a query is text that becomes what the contract says', async () => {
    const { text } = await post('{"amountCents":250}', {}, '/sales/t%20%C3%A4?times=3');
    expect(JSON.parse(text)).toEqual({ name: 't ä', quantity: 3, totalCents: 750 });
  });

  test('HEAD is answered as GET is, without the body', async () => {
    const [got, head] = [await ask('/health'), await ask('/health', { method: 'HEAD' })];
    expect([head.status, head.type, head.text]).toEqual([got.status, got.type, '']);
  });

  test('one request is one line in the log', async () => {
    await post('{"amountCents":250}', { 'x-request-id': 'alice-1', traceparent: 'abc' });
    const told = { operation: 'sell', status: 201, requestId: 'alice-1', traceparent: 'abc' };
    expect(state.lines).toMatchObject([{ level: 30, msg: 'request', ...told }]);
  });

  test('how long a request took counts from its arrival, before its body was there', async () => {
    const body = new ReadableStream({
      async start(pieces) {
        pieces.enqueue(Buffer.from('{"amountCents":'));
        await sleep(100);
        pieces.enqueue(Buffer.from('250}'));
        pieces.close();
      },
    });
    await ask('/sales/teapot', { method: 'POST', headers: json, body, duplex: 'half' });
    expect(state.lines).toMatchObject([{ operation: 'sell', status: 201 }]);
    expect(state.lines[0]?.latencyMs).toBeGreaterThan(50);
  });
}

function refusals(): void {
  test('what does not fit is told field by field, and nothing is coerced in a body', async () => {
    const { status, text } = await post('{"amountCents":"250","colour":"red"}');
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({
      code: 'INVALID_REQUEST',
      detail: 'body does not take colour.',
      errors: [
        { at: 'body', problem: 'does not take colour' },
        { at: 'body/amountCents', problem: 'must be integer' },
      ],
    });
  });

  test.each([
    ['no body at all', '', {}, '400 INVALID_REQUEST'],
    ['a body that is no JSON', '{"amountCents":', {}, '400 MALFORMED_JSON'],
    ['another type', 'a=1', { 'content-type': 'text/plain' }, '415 UNSUPPORTED_MEDIA_TYPE'],
    ['a packed body', '{}', { 'content-encoding': 'gzip' }, '415 UNSUPPORTED_MEDIA_TYPE'],
    ['more bytes than it takes', ' '.repeat(201), {}, '413 BODY_TOO_LARGE'],
    [
      'a key too long',
      '{"amountCents":1}',
      { 'idempotency-key': 'k'.repeat(101) },
      '400 INVALID_REQUEST',
    ],
    [
      'a key too long and no JSON',
      '{',
      { 'idempotency-key': 'k'.repeat(101) },
      '400 MALFORMED_JSON',
    ],
  ] as const)('%s is refused as the contract says', async (_what, body, more, code) => {
    expect(await codeOf(post(body, more))).toBe(code);
  });

  test.each([
    ['/sales/teapot/', '404 NO_SUCH_ROUTE'],
    ['/Sales/teapot', '404 NO_SUCH_ROUTE'],
    ['/sales/%zz', '400 INVALID_REQUEST'],
    ['/%zz', '400 INVALID_REQUEST'],
    ['/sales/a-name-that-is-too-long', '400 INVALID_REQUEST'],
    ['/sales/teapot?times=0', '400 INVALID_REQUEST'],
    ['/sales/teapot?times=1&times=2', '400 INVALID_REQUEST'],
    ['/sales/teapot?colour=red', '400 INVALID_REQUEST'],
  ])('POST %s is %s', async (path, code) => {
    expect(await codeOf(post('{"amountCents":1}', {}, path))).toBe(code);
  });

  test('another method is told which ones there are', async () => {
    const answer = await ask('/sales/teapot', { method: 'DELETE' });
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'METHOD_NOT_ALLOWED', allow: 'POST' });
    expect(answer.headers.get('allow')).toBe('POST');
  });

  test('a problem carries its values, and is no error in the log', async () => {
    const { status, type, text } = await ask('/failures/short');
    expect([status, type]).toEqual([409, 'application/problem+json']);
    expect(JSON.parse(text)).toEqual({
      type: 'urn:problem:out-of-stock',
      title: 'There is not enough stock',
      status: 409,
      code: 'OUT_OF_STOCK',
      detail: 'prd_0161: 3 wanted, 1 left.',
      productId: 'prd_0161',
      wanted: 3,
      left: 1,
    });
    expect(state.lines).toMatchObject([{ level: 30, operation: 'fail', status: 409 }]);
  });
}

function breakage(): void {
  test.each(['bug', 'lie'])(
    'a %s inside is a 500 that tells nothing, but the log does',
    async (how) => {
      const { status, text } = await ask(`/failures/${how}`, {
        headers: { 'x-request-id': 'bob-1' },
      });
      expect(status).toBe(500);
      expect(JSON.parse(text)).toEqual({
        type: 'urn:problem:internal',
        title: 'Something broke on our side',
        status: 500,
        code: 'INTERNAL',
        detail: 'The reason is in the log.',
      });
      const logged = state.lines.find(({ msg }) => msg === 'unexpected');
      const reason = how === 'bug' ? 'hunter2' : 'left';
      expect(logged).toMatchObject({ level: 50, requestId: 'bob-1' });
      expect(JSON.stringify(logged?.err)).toContain(reason);
      expect(logged?.err).toHaveProperty('stack');
    },
  );

  test('how long a failed request took is told, and not that it took nothing', async () => {
    await ask('/failures/slow');
    const [line] = state.lines.filter(({ msg }) => msg === 'request');
    expect(line).toMatchObject({ operation: 'fail', status: 504 });
    expect(line?.latencyMs).toBeGreaterThanOrEqual(state.sleptMs);
  });
}

const everywhere = ['/health', '/failures/short', '/failures/bug', '/nowhere', '/sales/x', '/%zz'];

function headers(): void {
  test.each(everywhere)('%s carries the request id and the security headers', async (path) => {
    const { headers } = await ask(path, { headers: { 'x-request-id': 'alice-1' } });
    expect(headers.get('x-request-id')).toBe('alice-1');
    for (const [name, value] of Object.entries(securityHeaders)) {
      expect(headers.get(name)).toBe(value);
    }
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('an id that is missing or no word is replaced by one of our own', async () => {
    const ids = await Promise.all(
      [undefined, 'two words', 'x'.repeat(65)].map(async (sent) => {
        const headers = sent === undefined ? {} : { 'x-request-id': sent };
        return (await ask('/health', { headers })).headers.get('x-request-id');
      }),
    );
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-\w+$/);
    expect(new Set(ids).size).toBe(3);
  });

  test('a problem’s own headers pass', async () => {
    const { status, headers } = await ask('/failures/busy');
    expect([status, headers.get('retry-after')]).toEqual([429, '7']);
  });
}
