// sqs/fifo.test.ts: FIFO queues: order within a group, one receive a group, no message twice.
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  SendMessageBatchCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import {
  attributesOf,
  type Lab,
  makeQueue,
  receive,
  receiveBodies,
  receiveOne,
  refusal,
  send,
  sendInGroup,
  startLab,
  until,
} from './test-kit.ts';

const remove = ({ client }: Lab, QueueUrl: string, ReceiptHandle = '') =>
  client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));

const giveBack = ({ client }: Lab, QueueUrl: string, ReceiptHandle = '') =>
  client.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
  );

describe('a FIFO queue', () => {
  test('is made by name and attribute together, and tells its attributes', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders.fifo');
    expect(await attributesOf(lab, queue)).toMatchObject({
      FifoQueue: 'true',
      ContentBasedDeduplication: 'false',
      DeduplicationScope: 'queue',
      FifoThroughputLimit: 'perQueue',
    });
    await expect(makeQueue(lab, 'orders', { FifoQueue: 'true' })).rejects.toThrow('.fifo suffix');
    await expect(
      lab.client.send(
        new SetQueueAttributesCommand({ QueueUrl: queue, Attributes: { FifoQueue: 'false' } }),
      ),
    ).rejects.toMatchObject(refusal('InvalidAttributeValue', 400, 'Modifying queue type'));
  });

  test('wants a group and a deduplication id of every message', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders.fifo');
    await expect(send(lab, queue, 'tea')).rejects.toMatchObject({
      Code: 'MissingParameter',
      message: 'The request must contain the parameter MessageGroupId.',
    });
    await expect(send(lab, queue, 'tea', { MessageGroupId: 'a' })).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
      message: expect.stringContaining('ContentBasedDeduplication'),
    });
    const tooLong = { MessageGroupId: 'x'.repeat(129), MessageDeduplicationId: '1' };
    await expect(send(lab, queue, 'tea', tooLong)).rejects.toThrow('MessageGroupId');
  });

  test('takes no delay of a single message', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders.fifo');
    const sending = send(lab, queue, 'tea', {
      MessageGroupId: 'a',
      MessageDeduplicationId: '1',
      DelaySeconds: 2,
    });
    await expect(sending).rejects.toThrow('not valid for this queue type');
  });

  test('numbers its messages in rising order, and tells the number to both sides', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders.fifo');
    const first = await sendInGroup(lab, queue, 'a', 'one');
    const second = await sendInGroup(lab, queue, 'b', 'two');
    expect(first.SequenceNumber).toMatch(/^\d{20}$/);
    expect(BigInt(second.SequenceNumber ?? 0)).toBeGreaterThan(BigInt(first.SequenceNumber ?? 0));
    const { Attributes } = await receiveOne(lab, queue, { MessageSystemAttributeNames: ['All'] });
    expect(Attributes).toMatchObject({
      SequenceNumber: first.SequenceNumber,
      MessageGroupId: 'a',
      MessageDeduplicationId: 'one',
    });
  });
});

describe('order', () => {
  test('the messages of a group come in the order they were sent', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders.fifo');
    for (let i = 0; i < 5; i += 1) await sendInGroup(lab, queue, 'alice', String(i));
    expect(await receiveBodies(lab, queue, { MaxNumberOfMessages: 3 })).toEqual(['0', '1', '2']);
  });

  test('while one message of a group is in flight, the others of it wait', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders.fifo');
    await sendInGroup(lab, queue, 'alice', 'a1');
    await sendInGroup(lab, queue, 'alice', 'a2');
    await sendInGroup(lab, queue, 'bob', 'b1');
    const first = await receiveOne(lab, queue);
    expect(first.Body).toBe('a1');
    expect(await receiveBodies(lab, queue)).toEqual(['b1']);
    expect(await receiveBodies(lab, queue)).toEqual([]);
    await remove(lab, queue, first.ReceiptHandle);
    expect(await receiveBodies(lab, queue)).toEqual(['a2']);
  });

  test('a deletion wakes whoever waits for the next message of the group', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders.fifo');
    await sendInGroup(lab, queue, 'alice', 'a1');
    await sendInGroup(lab, queue, 'alice', 'a2');
    const { ReceiptHandle } = await receiveOne(lab, queue);
    const waits = receiveBodies(lab, queue, { WaitTimeSeconds: 20 });
    await until(() => lab.server.queues()[0]?.waiting === 1);
    await remove(lab, queue, ReceiptHandle);
    expect(await waits).toEqual(['a2']);
  });

  test('a message that times out comes again before those sent after it', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders.fifo');
    for (const body of ['a1', 'a2', 'a3']) await sendInGroup(lab, queue, 'alice', body);
    expect(await receiveBodies(lab, queue, { MaxNumberOfMessages: 2 })).toEqual(['a1', 'a2']);
    lab.clock.ms += 30_000;
    expect(await receiveBodies(lab, queue)).toEqual(['a1', 'a2', 'a3']);
  });

  test('one given back waits until the others of its group are settled, and comes first', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders.fifo');
    for (const body of ['a1', 'a2', 'a3']) await sendInGroup(lab, queue, 'alice', body);
    const [first, second] = await receive(lab, queue, { MaxNumberOfMessages: 2 });
    await giveBack(lab, queue, first?.ReceiptHandle);
    expect(await receiveBodies(lab, queue)).toEqual([]);
    await remove(lab, queue, second?.ReceiptHandle);
    expect(await receiveBodies(lab, queue)).toEqual(['a1', 'a3']);
  });

  test('a receipt handle expires with the visibility timeout', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders.fifo');
    await sendInGroup(lab, queue, 'alice', 'a1');
    const { ReceiptHandle } = await receiveOne(lab, queue);
    lab.clock.ms += 30_000;
    await expect(remove(lab, queue, ReceiptHandle)).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
      message: expect.stringContaining('The receipt handle has expired.'),
    });
  });

  test('a new delay of the queue counts for the messages in it as well', async () => {
    const lab = await startLab();
    const QueueUrl = await makeQueue(lab, 'orders.fifo', { DelaySeconds: '600' });
    await sendInGroup(lab, QueueUrl, 'alice', 'a1');
    const Attributes = { DelaySeconds: '10' };
    await lab.client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    lab.clock.ms += 10_000;
    expect(await receiveBodies(lab, QueueUrl)).toEqual(['a1']);
  });
});

describe('deduplication', () => {
  test('the same id within five minutes is accepted and not delivered again', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders.fifo');
    const first = await sendInGroup(lab, queue, 'alice', 'one');
    const { ReceiptHandle } = await receiveOne(lab, queue);
    await remove(lab, queue, ReceiptHandle);
    lab.clock.ms += 299_999;
    const again = await sendInGroup(lab, queue, 'alice', 'one');
    expect(again.MessageId).toBe(first.MessageId);
    expect(again.SequenceNumber).toBe(first.SequenceNumber);
    expect(await receiveBodies(lab, queue)).toEqual([]);
    lab.clock.ms += 1;
    const later = await sendInGroup(lab, queue, 'alice', 'one');
    expect(later.MessageId).not.toBe(first.MessageId);
    expect(await receiveBodies(lab, queue)).toEqual(['one']);
  });

  test('by content, the same body is the same message, whatever its attributes', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders.fifo', { ContentBasedDeduplication: 'true' });
    const attribute = { a: { DataType: 'Number', StringValue: '1' } };
    await send(lab, queue, 'tea', { MessageGroupId: 'alice' });
    await send(lab, queue, 'tea', { MessageGroupId: 'bob', MessageAttributes: attribute });
    await send(lab, queue, 'pot', { MessageGroupId: 'alice' });
    const explicit = { MessageGroupId: 'alice', MessageDeduplicationId: 'mine' };
    await send(lab, queue, 'tea', explicit);
    expect(await receiveBodies(lab, queue)).toEqual(['tea', 'pot', 'tea']);
  });

  test('per message group, when the queue says so, two groups may use the same id', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders.fifo', { DeduplicationScope: 'messageGroup' });
    for (const group of ['alice', 'bob', 'alice']) await sendInGroup(lab, queue, group, 'tea');
    expect(await receiveBodies(lab, queue)).toEqual(['tea', 'tea']);
  });

  test('a batch keeps its order, and fails as a whole when an entry has no group', async () => {
    const lab = await startLab();
    const QueueUrl = await makeQueue(lab, 'orders.fifo', { ContentBasedDeduplication: 'true' });
    const entry = (body: string, MessageGroupId?: string) => ({
      Id: body,
      MessageBody: body,
      MessageGroupId,
    });
    const sendBatch = (...Entries: ReturnType<typeof entry>[]) =>
      lab.client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    await sendBatch(entry('one', 'a'), entry('two', 'a'), entry('three', 'a'));
    await expect(sendBatch(entry('four', 'a'), entry('five'))).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
      message: expect.stringContaining('MessageGroupId'),
    });
    expect(await receiveBodies(lab, QueueUrl)).toEqual(['one', 'two', 'three']);
  });
});
