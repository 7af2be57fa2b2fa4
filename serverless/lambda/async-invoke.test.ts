// lambda/async-invoke.test.ts: events that nobody waits for: retried, given up, handed to a destination.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { afterEach, expect, test } from 'vitest';
import type { FailureRecord } from './failure-record.ts';
import type { FunctionConfig } from './function-config.ts';
import type { LambdaOptions } from './lambda.ts';
import { holding, patience, startTestLambda, type TestLambda } from './test-kit.ts';

let lambda: TestLambda;
let records: FailureRecord[];
afterEach(() => lambda.close());

const asyncDelays = {
  afterFunctionErrorMs: [5, 10],
  afterThrottleMs: 5,
  mostAfterThrottleMs: 20,
} as const;

async function start(options: Partial<LambdaOptions> = {}): Promise<void> {
  lambda = await startTestLambda({ asyncDelays, ...options });
  records = [];
}

const failing = "async () => { throw new Error('out of tea'); }";

function defineFailing(config: Partial<FunctionConfig> = {}): void {
  const onFailure = (record: FailureRecord) => void records.push(record);
  lambda.define('fail', failing, { onFailure, ...config });
}

async function send(FunctionName: string, event: unknown): Promise<string> {
  const Payload = Buffer.from(JSON.stringify(event));
  const command = new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload });
  return (await lambda.client.send(command)).$metadata.requestId ?? '';
}

const starts = (name: string) => lambda.lines(name).filter((line) => line.startsWith('START'));

test('a function error is retried twice, then the destination gets the record', async () => {
  await start();
  defineFailing();
  const requestId = await send('fail', { order: 7 });
  await expect.poll(() => records, patience).toHaveLength(1);
  expect(records[0]).toEqual({
    version: '1.0',
    timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
    requestContext: {
      requestId,
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fail:$LATEST',
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: { order: 7 },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: 'Unhandled',
    },
    responsePayload: expect.objectContaining({ errorType: 'Error', errorMessage: 'out of tea' }),
  });
  expect(lambda.queuedEvents()).toBe(0);
});

test('every attempt has the request id of the first', async () => {
  await start();
  defineFailing();
  const requestId = await send('fail', {});
  await expect.poll(() => records, patience).toHaveLength(1);
  expect(starts('fail')).toEqual(Array(3).fill(`START RequestId: ${requestId} Version: $LATEST`));
});

test('MaximumRetryAttempts 0: one attempt only', async () => {
  await start();
  defineFailing({ maximumRetryAttempts: 0 });
  await send('fail', {});
  await expect.poll(() => records, patience).toHaveLength(1);
  expect(records[0]?.requestContext.approximateInvokeCount).toBe(1);
  expect(starts('fail')).toHaveLength(1);
});

test('an attempt that succeeds ends the retries', async () => {
  await start();
  const onFailure = (record: FailureRecord) => void records.push(record);
  const source = `let calls = 0;
    export const handler = async () => { calls += 1; if (calls < 3) throw new Error('not yet'); };`;
  lambda.define('third', source, { onFailure });
  await send('third', {});
  await expect.poll(() => starts('third'), patience).toHaveLength(3);
  await expect.poll(() => lambda.queuedEvents(), patience).toBe(0);
  expect(records).toEqual([]);
});

test('an event older than MaximumEventAge is given up between two attempts', async () => {
  let clock = Date.now();
  await start({ now: () => clock });
  defineFailing({ maximumEventAgeSeconds: 60 });
  lambda.onEvent((event) => {
    if (event.kind === 'report') clock += 61_000;
  });
  await send('fail', {});
  await expect.poll(() => records, patience).toHaveLength(1);
  expect(records[0]?.requestContext).toMatchObject({
    condition: 'EventAgeExceeded',
    approximateInvokeCount: 1,
  });
});

test('a throttled event waits in the queue and runs when there is a place', async () => {
  await start({ accountConcurrency: 1 });
  lambda.define('hold', holding, { timeoutSeconds: 60 });
  const until = join(lambda.folder, 'go');
  const running = lambda.invoke('hold', JSON.stringify({ until }));
  await send('hold', { until });
  const throttles = () => lambda.events.filter(({ kind }) => kind === 'throttle').length;
  await expect.poll(throttles, patience).toBeGreaterThan(3);
  writeFileSync(until, '');
  await running;
  await expect.poll(() => starts('hold'), patience).toHaveLength(2);
  await expect.poll(() => lambda.queuedEvents(), patience).toBe(0);
});

test('reserved concurrency of zero: straight to the destination, without an attempt', async () => {
  await start();
  defineFailing({ reservedConcurrency: 0 });
  await send('fail', { order: 8 });
  await expect.poll(() => records, patience).toHaveLength(1);
  expect(records[0]).toMatchObject({
    requestContext: { condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 },
    requestPayload: { order: 8 },
  });
  expect(records[0]).not.toHaveProperty('responseContext');
});

test('a destination that cannot be reached is reported, and the record with it is lost', async () => {
  await start();
  const onFailure = () => Promise.reject(new Error('no such queue'));
  defineFailing({ maximumRetryAttempts: 0, onFailure });
  await send('fail', {});
  const lost = () => lambda.events.find(({ kind }) => kind === 'delivery-failure');
  await expect.poll(lost, patience).toMatchObject({ functionName: 'fail' });
});

test('the events of a function that is deleted are dropped', async () => {
  await start({ asyncDelays: { ...asyncDelays, afterFunctionErrorMs: [200, 200] } });
  defineFailing();
  await send('fail', {});
  await expect.poll(() => starts('fail'), patience).toHaveLength(1);
  lambda.deleteFunction('fail');
  await expect.poll(() => lambda.queuedEvents(), patience).toBe(0);
  expect(records).toEqual([]);
});
