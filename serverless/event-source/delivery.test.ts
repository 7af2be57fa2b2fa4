// event-source/delivery.test.ts: from the queue to the function: records, batches, windows, closing.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patience, startTestLambda, type TestLambda } from '../lambda/test-kit.ts';
import { send, sendAll } from '../sqs/test-kit.ts';
import { batchesOf, bodiesOf, mapTo, startRig, untilEmpty } from './test-kit.ts';

let lambda: TestLambda;

beforeAll(async () => {
  lambda = await startTestLambda();
});
afterAll(() => lambda.close());

const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i));
const sizesOf = (name: string) => batchesOf(lambda, name).map(({ length }) => length);

test('a message becomes a record of the documented form, and is deleted afterwards', async () => {
  const rig = await startRig();
  const { MessageId, MD5OfMessageBody, MD5OfMessageAttributes } = await send(
    rig,
    rig.queue,
    'tea',
    {
      MessageAttributes: {
        cents: { DataType: 'Number', StringValue: '350' },
        leaf: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2]) },
      },
      MessageSystemAttributes: {
        AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-2-3' },
      },
    },
  );
  const { name } = await mapTo(rig, lambda);
  await untilEmpty(rig);
  const lists = { stringListValues: [], binaryListValues: [] };
  expect(batchesOf(lambda, name)).toEqual([
    [
      {
        messageId: MessageId,
        receiptHandle: expect.any(String),
        body: 'tea',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: String(rig.clock.ms),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: String(rig.clock.ms),
          AWSTraceHeader: 'Root=1-2-3',
        },
        messageAttributes: {
          cents: { stringValue: '350', dataType: 'Number', ...lists },
          leaf: { binaryValue: 'AQI=', dataType: 'Binary', ...lists },
        },
        md5OfMessageAttributes: MD5OfMessageAttributes,
        md5OfBody: MD5OfMessageBody,
        eventSource: 'aws:sqs',
        eventSourceARN: rig.queueArn,
        awsRegion: 'us-east-1',
      },
    ],
  ]);
});

describe('a batch', () => {
  test('has at most ten messages unless told otherwise', async () => {
    const rig = await startRig();
    await sendAll(rig, rig.queue, numbers(12));
    const { name, mapping } = await mapTo(rig, lambda);
    await untilEmpty(rig);
    expect(sizesOf(name).sort()).toEqual([10, 2]);
    expect(mapping.state()).toMatchObject({ deleted: 12, kept: 0, invocations: 2 });
  });

  test('has at most as many as its size says', async () => {
    const rig = await startRig();
    await sendAll(rig, rig.queue, numbers(7));
    const { name } = await mapTo(rig, lambda, '', { batchSize: 3 });
    await untilEmpty(rig);
    expect(sizesOf(name).sort()).toEqual([1, 3, 3]);
  });

  test('above ten messages is put together from several receives', async () => {
    const rig = await startRig();
    await sendAll(rig, rig.queue, numbers(50));
    // Enough for both pollers: one that lacked a message would wait for the whole window.
    const { name } = await mapTo(rig, lambda, '', { batchSize: 25, windowMs: 300_000 });
    await untilEmpty(rig);
    expect(sizesOf(name)).toEqual([25, 25]);
    expect(rig.events.filter(({ kind }) => kind === 'error')).toEqual([]);
  });

  test('is split when its event would be above 6 MB, and keeps its order', async () => {
    const rig = await startRig();
    const bodies = numbers(8).map((digit) => digit.repeat(1_000_000));
    for (const body of bodies) await send(rig, rig.queue, body);
    const events: string[] = [];
    await rig.map({
      maximumConcurrency: 2,
      batchSize: 10,
      invoke: async (_, event) => {
        events.push(event);
        return { statusCode: 200, payload: 'null' };
      },
    });
    await untilEmpty(rig);
    expect(events.map((event) => JSON.parse(event).Records.length)).toEqual([6, 2]);
    for (const event of events) expect(event.length).toBeLessThanOrEqual(6_291_456);
    const sent = events.flatMap((event) => JSON.parse(event).Records as { body: string }[]);
    expect(sent.map(({ body }) => body[0])).toEqual(numbers(8));
  });
});

describe('a batching window', () => {
  test('ends as soon as the batch is full', async () => {
    const rig = await startRig();
    const invoked: number[] = [];
    const mapping = await rig.map({
      batchSize: 4,
      windowMs: 300_000,
      maximumConcurrency: 2,
      invoke: async (_, event) => {
        invoked.push(JSON.parse(event).Records.length);
        return { statusCode: 200, payload: 'null' };
      },
    });
    // Two pollers collect: whichever has four first goes, and the other cannot have four by then.
    for (const body of numbers(7)) await send(rig, rig.queue, body);
    await expect.poll(() => mapping.state().deleted, patience).toBe(4);
    expect(invoked).toEqual([4]);
  });

  test('ends by itself, however few there are', async () => {
    const rig = await startRig();
    await send(rig, rig.queue, 'tea');
    const { name } = await mapTo(rig, lambda, '', { windowMs: 30 });
    await untilEmpty(rig);
    expect(bodiesOf(lambda, name)).toEqual(['tea']);
  });

  test('ends when the mapping closes; what was collected is delivered', async () => {
    const rig = await startRig();
    await send(rig, rig.queue, 'tea');
    const { name, mapping } = await mapTo(rig, lambda, '', { windowMs: 300_000 });
    await expect.poll(rig.counts, patience).toEqual({ visible: 0, inFlight: 1 });
    expect(bodiesOf(lambda, name)).toEqual([]);
    await mapping.close();
    expect(bodiesOf(lambda, name)).toEqual(['tea']);
    expect(rig.counts()).toEqual({ visible: 0, inFlight: 0 });
  });
});

/** A handler that waits for a file. */
const holdFor = (until: string) =>
  `while (!existsSync(${JSON.stringify(until)})) await new Promise((done) => setTimeout(done, 5));`;

test('no more batches are under way than the maximum concurrency', async () => {
  const rig = await startRig();
  await sendAll(rig, rig.queue, numbers(5));
  const until = join(lambda.folder, 'go-concurrency');
  const { name, mapping } = await mapTo(rig, lambda, holdFor(until), { batchSize: 1 });
  await expect.poll(() => mapping.state().busy, patience).toBe(2);
  await expect.poll(() => sizesOf(name).length, patience).toBe(2);
  expect(rig.counts()).toEqual({ visible: 3, inFlight: 2 });
  expect(mapping.state().pollers).toBe(2);
  writeFileSync(until, '');
  await untilEmpty(rig);
  expect(bodiesOf(lambda, name).sort()).toEqual(numbers(5));
});

test('closing takes no more messages and waits for the batch under way', async () => {
  const rig = await startRig();
  await send(rig, rig.queue, 'first');
  const until = join(lambda.folder, 'go-closing');
  const { name, mapping } = await mapTo(rig, lambda, holdFor(until));
  await expect.poll(() => sizesOf(name).length, patience).toBe(1);
  let isClosed = false;
  const closed = mapping.close().then(() => {
    isClosed = true;
  });
  await send(rig, rig.queue, 'second');
  expect(isClosed).toBe(false);
  expect(mapping.state()).toMatchObject({ isClosed: true, busy: 1 });
  writeFileSync(until, '');
  await closed;
  expect(rig.counts()).toEqual({ visible: 1, inFlight: 0 });
  expect(bodiesOf(lambda, name)).toEqual(['first']);
  await mapping.close();
});
