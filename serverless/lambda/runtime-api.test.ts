// lambda/runtime-api.test.ts: what a runtime sees of the Runtime API, spoken to with plain HTTP.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Invocation, openRuntimeApi, type RuntimeApi } from './runtime-api.ts';

let api: RuntimeApi;
let heard: unknown[];
let onNext: () => void;

const invocation: Invocation = {
  requestId: 'r-1',
  payload: Buffer.from('{"tea":"Assam"}'),
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  traceId: 'Root=1-0-0',
  deadlineMs: 1_542_409_706_888,
  clientContext: '{"custom":{}}',
};

beforeEach(async () => {
  heard = [];
  onNext = () => {};
  const hear =
    (what: string) =>
    (id: string, ...rest: unknown[]) => {
      heard.push([what, id, ...rest.map(String)]);
      return id === 'r-1';
    };
  api = await openRuntimeApi({
    onNext: () => onNext(),
    onResponse: hear('response'),
    onTooLarge: hear('too large'),
    onError: hear('error'),
    onInitError: (payload, errorType) => heard.push(['init', String(payload), errorType]),
  });
});
afterEach(() => api.close());

function call(path: string, body?: string, headers: Record<string, string> = {}) {
  const method = body === undefined ? 'GET' : 'POST';
  return fetch(`http://${api.address}/2018-06-01/runtime${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
}

test('next waits until there is an invocation, and carries it in body and headers', async () => {
  onNext = () => setImmediate(() => api.deliver(invocation));
  const response = await call('/invocation/next');
  expect(await response.json()).toEqual({ tea: 'Assam' });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'lambda-runtime-aws-request-id': 'r-1',
    'lambda-runtime-deadline-ms': '1542409706888',
    'lambda-runtime-invoked-function-arn': invocation.functionArn,
    'lambda-runtime-trace-id': 'Root=1-0-0',
    'lambda-runtime-client-context': '{"custom":{}}',
  });
});

test('a client context with characters that no header takes means the same', async () => {
  onNext = () => api.deliver({ ...invocation, clientContext: '{"tea":\n"Ceylon\u2019s é"}' });
  const response = await call('/invocation/next');
  const context = response.headers.get('lambda-runtime-client-context') ?? '';
  expect(JSON.parse(context)).toEqual({ tea: 'Ceylon\u2019s é' });
});

test('a response is accepted with 202', async () => {
  const response = await call('/invocation/r-1/response', '"done"');
  expect([response.status, await response.json()]).toEqual([202, { status: 'OK' }]);
  expect(heard).toEqual([['response', 'r-1', '"done"']]);
});

test('an error carries its type in a header', async () => {
  const type = { 'Lambda-Runtime-Function-Error-Type': 'Tea.Spilt' };
  expect((await call('/invocation/r-1/error', '{}', type)).status).toBe(202);
  expect((await call('/init/error', '{}', type)).status).toBe(202);
  expect(heard).toEqual([
    ['error', 'r-1', '{}', 'Tea.Spilt'],
    ['init', '{}', 'Tea.Spilt'],
  ]);
});

test('a request id that is not at hand is refused with 400 InvalidRequestID', async () => {
  const response = await call('/invocation/other/response', '1');
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ errorType: 'InvalidRequestID' });
});

test('a response above the limit is refused with 413 and noted', async () => {
  const response = await call('/invocation/r-1/response', 'x'.repeat(6_291_557));
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ errorType: 'RequestEntityTooLarge' });
  expect(heard).toEqual([['too large', 'r-1']]);
});

test('a path that the specification does not have is answered with 404', async () => {
  expect((await call('/invocation/r-1/cancel', '')).status).toBe(404);
});
