// event-source/failures.test.ts: what happens to messages that a function could not, or did not, take.
import { DeleteFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patience, startTestLambda, type TestLambda } from '../lambda/test-kit.ts';
import { makeQueue, receiveBodies, send, sendAll } from '../sqs/test-kit.ts';
import { failedIds } from './batch-response.ts';
import { batchesOf, bodiesOf, mapTo, startRig, untilEmpty, untilEvents } from './test-kit.ts';

let lambda: TestLambda;

beforeAll(async () => {
  lambda = await startTestLambda();
});
afterAll(() => lambda.close());

const untilKept = async (rig: Awaited<ReturnType<typeof startRig>>, inFlight: number) =>
  expect.poll(rig.counts, patience).toEqual({ visible: 0, inFlight });

test('a function that fails leaves its whole batch to the visibility timeout', async () => {
  const rig = await startRig();
  await sendAll(rig, rig.queue, ['good', 'bad']);
  const rest = "if (Records[0].attributes.ApproximateReceiveCount === '1') throw new Error('no');";
  const { name, mapping } = await mapTo(rig, lambda, rest);
  await untilEvents(rig, 'failure');
  expect(rig.counts()).toEqual({ visible: 0, inFlight: 2 });
  await rig.pass(29_999);
  expect(batchesOf(lambda, name)).toHaveLength(1);
  await rig.pass(1);
  await untilEmpty(rig);
  expect(bodiesOf(lambda, name).sort()).toEqual(['bad', 'bad', 'good', 'good']);
  expect(mapping.state()).toMatchObject({ deleted: 2, kept: 2 });
});

test('a message that always fails goes to the dead-letter queue, and the others do not', async () => {
  const rig = await startRig({ maxReceiveCount: 3 });
  await sendAll(rig, rig.queue, ['good', 'poison']);
  const rest = "if (bodies.includes('poison')) throw new Error('no');";
  const { name } = await mapTo(rig, lambda, rest, { batchSize: 1 });
  for (let time = 1; time <= 3; time += 1) {
    await untilEvents(rig, 'failure', time);
    // Or the clock would take the good one from the function that still has it.
    await untilKept(rig, 1);
    await rig.pass(30_000);
  }
  await untilEmpty(rig);
  expect(bodiesOf(lambda, name).sort()).toEqual(['good', 'poison', 'poison', 'poison']);
  expect(await receiveBodies(rig, rig.dead)).toEqual(['poison']);
});

test('a function that does not exist is a failure like any other', async () => {
  const rig = await startRig();
  await send(rig, rig.queue, 'tea');
  await mapTo(rig, lambda, '', { functionName: 'nobody' });
  await untilEvents(rig, 'failure');
  expect(rig.counts()).toEqual({ visible: 0, inFlight: 1 });
});

describe('ReportBatchItemFailures', () => {
  const report = `return {
    batchItemFailures: Records
      .filter(({ body, attributes }) => body === 'bad' && attributes.ApproximateReceiveCount === '1')
      .map(({ messageId }) => ({ itemIdentifier: messageId })),
  };`;

  test('keeps the messages that are named and deletes the others', async () => {
    const rig = await startRig();
    await sendAll(rig, rig.queue, ['good', 'bad', 'fine']);
    const config = { reportBatchItemFailures: true };
    const { name } = await mapTo(rig, lambda, report, config);
    await untilKept(rig, 1);
    await rig.pass(30_000);
    await untilEmpty(rig);
    expect(batchesOf(lambda, name).map((records) => records.map(({ body }) => body))).toEqual([
      ['good', 'bad', 'fine'],
      ['bad'],
    ]);
  });

  test('must be asked for: else the answer of the function does not matter', async () => {
    const rig = await startRig();
    await sendAll(rig, rig.queue, ['good', 'bad']);
    const { name } = await mapTo(rig, lambda, report);
    await untilEmpty(rig);
    expect(bodiesOf(lambda, name)).toEqual(['good', 'bad']);
  });

  test('with an id that is in no message keeps the whole batch', async () => {
    const rig = await startRig();
    await sendAll(rig, rig.queue, ['good', 'bad']);
    const rest = "return { batchItemFailures: [{ itemIdentifier: 'nobody' }] };";
    await mapTo(rig, lambda, rest, { reportBatchItemFailures: true });
    await untilEvents(rig, 'batch');
    expect(rig.events).toEqual([{ kind: 'batch', deleted: 0, kept: 2 }]);
    expect(rig.counts()).toEqual({ visible: 0, inFlight: 2 });
  });

  const all = ['a', 'b'];
  test.each([
    ['an empty list', '{"batchItemFailures":[]}', []],
    ['a null list', '{"batchItemFailures":null}', []],
    ['an empty response', '{}', []],
    ['a null response', 'null', []],
    ['one message', '{"batchItemFailures":[{"itemIdentifier":"b"}]}', ['b']],
    ['no JSON', 'oh', all],
    ['a text', '"done"', all],
    ['a list by itself', '[]', all],
    ['no list', '{"batchItemFailures":{}}', all],
    ['an empty id', '{"batchItemFailures":[{"itemIdentifier":""}]}', all],
    ['a null id', '{"batchItemFailures":[{"itemIdentifier":null}]}', all],
    ['another key', '{"batchItemFailures":[{"messageId":"a"}]}', all],
    ['null as a failure', '{"batchItemFailures":[null]}', all],
    [
      'one unknown id',
      '{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"c"}]}',
      all,
    ],
  ])('%s: failed are %j', (_, payload, failed) => {
    expect([...failedIds(payload, new Set(all))]).toEqual(failed);
  });
});

describe('a throttle', () => {
  test('is tried again until there is a place, and the message is delivered once', async () => {
    const rig = await startRig();
    await send(rig, rig.queue, 'tea');
    lambda.define('throttled', "async () => console.log('ran')", { reservedConcurrency: 0 });
    await mapTo(rig, lambda, '', { functionName: 'throttled' });
    await untilEvents(rig, 'throttle', 2);
    expect(rig.counts()).toEqual({ visible: 0, inFlight: 1 });
    const FunctionName = 'throttled';
    await lambda.client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    await untilEmpty(rig);
    expect(lambda.lines('throttled').filter((line) => line.includes('ran'))).toHaveLength(1);
  });

  test('lasts until the visibility timeout: then the batch is dropped and comes again', async () => {
    const rig = await startRig();
    await sendAll(rig, rig.queue, ['tea', 'pot']);
    let throttles = 0;
    const mapping = await rig.map({
      // The mapping’s clock is the queue’s: the first throttle takes all the time there is.
      now: () => rig.clock.ms + (throttles > 0 ? 30_000 : 0),
      maximumConcurrency: 2,
      invoke: async () => {
        throttles += 1;
        return { statusCode: 429, payload: '{}', throttled: true };
      },
    });
    await untilEvents(rig, 'drop');
    expect(rig.events).toEqual([
      { kind: 'throttle', messages: 2 },
      { kind: 'drop', messages: 2 },
    ]);
    expect(mapping.state()).toMatchObject({ kept: 2, deleted: 0, invocations: 1 });
    await rig.pass(30_000);
    await untilEvents(rig, 'throttle', 2);
  });

  test('leaves fewer pollers, but at least one, which goes on', async () => {
    const rig = await startRig();
    let isThrottled = true;
    const mapping = await rig.map({
      batchSize: 1,
      invoke: async () => ({ statusCode: 200, payload: 'null', throttled: isThrottled }),
    });
    expect(mapping.state().pollers).toBe(5);
    await sendAll(rig, rig.queue, ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    await untilEvents(rig, 'throttle', 7);
    isThrottled = false;
    await untilEmpty(rig);
    await expect.poll(() => mapping.state().pollers, patience).toBeLessThan(5);
    await sendAll(rig, rig.queue, ['h', 'i']);
    await untilEmpty(rig);
    expect(mapping.state().deleted).toBe(9);
  });
});

test('a queue that goes away is told, and served again when it is back', async () => {
  const rig = await startRig();
  const { name } = await mapTo(rig, lambda);
  await rig.server.call('DeleteQueue', { QueueUrl: rig.queue });
  await untilEvents(rig, 'error');
  await send(rig, await makeQueue(rig), 'tea');
  await expect.poll(() => bodiesOf(lambda, name), patience).toEqual(['tea']);
});
