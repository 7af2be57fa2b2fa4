// sqs/batches.test.ts: ten requests in one: what fails by itself, and what fails them all.
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import {
  type Lab,
  makeQueue,
  receive,
  receiveBodies,
  refusal,
  sendAll,
  startLab,
} from './test-kit.ts';

const sendBatch = (
  { client }: Lab,
  QueueUrl: string,
  Entries: SendMessageBatchRequestEntry[] | undefined,
) => client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));

const entries = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ Id: `id-${i}`, MessageBody: `body ${i}` }));

describe('SendMessageBatch', () => {
  test('ten messages go in one request, each answered with its digest', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    const { Successful, Failed } = await sendBatch(lab, queue, entries(10));
    expect(Failed).toEqual([]);
    expect(Successful?.map(({ Id }) => Id)).toEqual(entries(10).map(({ Id }) => Id));
    expect(Successful?.[0]).toEqual({
      Id: 'id-0',
      MessageId: expect.any(String),
      MD5OfMessageBody: '2c2f1edb5aac06c6c201d1fe8916de7d',
    });
    expect(await receiveBodies(lab, queue)).toEqual(entries(10).map((entry) => entry.MessageBody));
  });

  test('an entry that is wrong fails by itself, with code and sentence; the others are sent', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    const { Successful, Failed } = await sendBatch(lab, queue, [
      { Id: 'good', MessageBody: 'tea' },
      { Id: 'late', MessageBody: 'tea', DelaySeconds: 901 },
      { Id: 'odd', MessageBody: '\u0000' },
      { Id: 'empty', MessageBody: '' },
    ]);
    expect(Successful?.map(({ Id }) => Id)).toEqual(['good']);
    expect(Failed).toEqual([
      {
        Id: 'late',
        Code: 'InvalidParameterValue',
        SenderFault: true,
        Message: expect.stringContaining('DelaySeconds'),
      },
      expect.objectContaining({ Id: 'odd', Code: 'InvalidMessageContents', SenderFault: true }),
      expect.objectContaining({ Id: 'empty', Code: 'MissingParameter' }),
    ]);
    expect(await receiveBodies(lab, queue)).toEqual(['tea']);
  });

  test('an empty batch is refused: EmptyBatchRequest', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await expect(sendBatch(lab, queue, [])).rejects.toMatchObject(
      refusal('EmptyBatchRequest', 400),
    );
  });

  test('eleven entries are refused: TooManyEntriesInBatchRequest', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await expect(sendBatch(lab, queue, entries(11))).rejects.toMatchObject({
      ...refusal('TooManyEntriesInBatchRequest', 400, 'are 10. You have sent 11.'),
      Code: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
    });
    expect(await receive(lab, queue)).toEqual([]);
  });

  test('the same id twice is refused: BatchEntryIdsNotDistinct', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    const twice = [...entries(2), { Id: 'id-1', MessageBody: 'again' }];
    await expect(sendBatch(lab, queue, twice)).rejects.toMatchObject(
      refusal('BatchEntryIdsNotDistinct', 400, 'id-1'),
    );
  });

  test.each(['with space', 'x'.repeat(81), 'a.b'])(
    'an id like "%s" is refused: InvalidBatchEntryId',
    async (Id) => {
      const lab = await startLab();
      const queue = await makeQueue(lab);
      await expect(sendBatch(lab, queue, [{ Id, MessageBody: 'tea' }])).rejects.toMatchObject(
        refusal('InvalidBatchEntryId', 400, 'at most 80'),
      );
    },
  );

  test('all entries together may have 1 MiB: BatchRequestTooLong', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    const half = 'x'.repeat(524_288);
    await sendBatch(lab, queue, [
      { Id: 'a', MessageBody: half },
      { Id: 'b', MessageBody: half },
    ]);
    const tooLong = sendBatch(lab, queue, [
      { Id: 'a', MessageBody: half },
      { Id: 'b', MessageBody: `${half}x` },
    ]);
    await expect(tooLong).rejects.toMatchObject(
      refusal('BatchRequestTooLong', 400, 'longer than 1048576 bytes. You have sent 1048577'),
    );
  });
});

describe('batches of receipts', () => {
  test('a batch deletes what it can, and names the handle that is invalid', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await sendAll(lab, queue, ['one', 'two']);
    const [one, two] = await receive(lab, queue);
    const { Successful, Failed } = await lab.client.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queue,
        Entries: [
          { Id: 'one', ReceiptHandle: one?.ReceiptHandle },
          { Id: 'bogus', ReceiptHandle: 'bogus' },
          { Id: 'two', ReceiptHandle: two?.ReceiptHandle },
        ],
      }),
    );
    expect(Successful).toEqual([{ Id: 'one' }, { Id: 'two' }]);
    expect(Failed).toEqual([
      {
        Id: 'bogus',
        Code: 'ReceiptHandleIsInvalid',
        SenderFault: true,
        Message: 'The input receipt handle is invalid.',
      },
    ]);
    lab.clock.ms += 30_000;
    expect(await receive(lab, queue)).toEqual([]);
  });

  test('a batch changes visibility, each entry as it says', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await sendAll(lab, queue, ['back', 'long', 'gone']);
    const [back, long, gone] = await receive(lab, queue);
    const { Successful, Failed } = await lab.client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queue,
        Entries: [
          { Id: 'back', ReceiptHandle: back?.ReceiptHandle, VisibilityTimeout: 0 },
          { Id: 'long', ReceiptHandle: long?.ReceiptHandle, VisibilityTimeout: 600 },
          { Id: 'none', ReceiptHandle: gone?.ReceiptHandle },
        ],
      }),
    );
    expect(Successful).toEqual([{ Id: 'back' }, { Id: 'long' }]);
    expect(Failed).toEqual([expect.objectContaining({ Id: 'none', Code: 'MissingParameter' })]);
    expect(await receiveBodies(lab, queue)).toEqual(['back']);
    lab.clock.ms += 30_000;
    expect((await receiveBodies(lab, queue)).sort()).toEqual(['back', 'gone']);
  });
});
