// sqs/visibility.test.ts: who has a message, until when, and what a receipt handle is good for.
import { ChangeMessageVisibilityCommand, DeleteMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import {
  type Lab,
  makeQueue,
  receive,
  receiveBodies,
  receiveOne,
  refusal,
  send,
  sendAll,
  startLab,
} from './test-kit.ts';

const remove = ({ client }: Lab, QueueUrl: string, ReceiptHandle = '') =>
  client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));

const change = ({ client }: Lab, QueueUrl: string, ReceiptHandle = '', VisibilityTimeout = 0) =>
  client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));

describe('the visibility timeout', () => {
  test('hides a received message for 30 seconds unless said otherwise', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'tea');
    expect(await receiveBodies(lab, queue)).toEqual(['tea']);
    lab.clock.ms += 29_999;
    expect(await receiveBodies(lab, queue)).toEqual([]);
    lab.clock.ms += 1;
    expect(await receiveBodies(lab, queue)).toEqual(['tea']);
  });

  test('of a receive goes before that of the queue', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders', { VisibilityTimeout: '5' });
    await send(lab, queue, 'tea');
    await receive(lab, queue, { VisibilityTimeout: 60 });
    lab.clock.ms += 59_999;
    expect(await receiveBodies(lab, queue)).toEqual([]);
    lab.clock.ms += 1;
    expect(await receiveBodies(lab, queue)).toEqual(['tea']);
  });

  test('of 0 leaves a message where others see it', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'tea');
    expect(await receiveBodies(lab, queue, { VisibilityTimeout: 0 })).toEqual(['tea']);
    expect(await receiveBodies(lab, queue)).toEqual(['tea']);
  });

  test('two consumers never have the same message', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    const sent = Array.from({ length: 40 }, (_, i) => String(i));
    await sendAll(lab, queue, sent);
    const got = await Promise.all(sent.map(() => receiveOne(lab, queue)));
    expect(got.map(({ Body }) => Number(Body)).sort((a, b) => a - b)).toEqual(sent.map(Number));
  });
});

describe('ChangeMessageVisibility', () => {
  test('prolongs the time from now on', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'tea');
    const { ReceiptHandle } = await receiveOne(lab, queue);
    lab.clock.ms += 20_000;
    await change(lab, queue, ReceiptHandle, 60);
    lab.clock.ms += 59_999;
    expect(await receiveBodies(lab, queue)).toEqual([]);
    lab.clock.ms += 1;
    expect(await receiveBodies(lab, queue)).toEqual(['tea']);
  });

  test('to 0 gives a message back at once', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'tea');
    const { ReceiptHandle } = await receiveOne(lab, queue);
    await change(lab, queue, ReceiptHandle, 0);
    expect(await receiveBodies(lab, queue)).toEqual(['tea']);
  });

  test('never beyond 12 hours after the receive', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'tea');
    const { ReceiptHandle } = await receiveOne(lab, queue);
    await expect(change(lab, queue, ReceiptHandle, 43_201)).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
      message: expect.stringContaining('Must be between 0 and 43200'),
    });
    lab.clock.ms += 1000;
    await expect(change(lab, queue, ReceiptHandle, 43_200)).rejects.toThrow('43200 seconds');
    await change(lab, queue, ReceiptHandle, 43_199);
  });

  test('of a message that is not in flight is refused: MessageNotInflight', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'tea');
    const { ReceiptHandle } = await receiveOne(lab, queue);
    lab.clock.ms += 30_000;
    await expect(change(lab, queue, ReceiptHandle, 10)).rejects.toMatchObject({
      ...refusal('MessageNotInflight', 400),
      Code: 'AWS.SimpleQueueService.MessageNotInflight',
    });
  });

  test('counts for this receive only: the next one has the timeout of the queue', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'tea');
    const { ReceiptHandle } = await receiveOne(lab, queue);
    await change(lab, queue, ReceiptHandle, 100);
    lab.clock.ms += 100_000;
    await receiveOne(lab, queue);
    lab.clock.ms += 30_000;
    expect(await receiveBodies(lab, queue)).toEqual(['tea']);
  });
});

describe('DeleteMessage', () => {
  test('a deleted message does not come again, and to delete it twice is no error', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'tea');
    const { ReceiptHandle } = await receiveOne(lab, queue);
    await remove(lab, queue, ReceiptHandle);
    await remove(lab, queue, ReceiptHandle);
    lab.clock.ms += 30_000;
    expect(await receiveBodies(lab, queue)).toEqual([]);
  });

  test('a message whose time is over can still be deleted, until it is received again', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'tea');
    const { ReceiptHandle } = await receiveOne(lab, queue);
    lab.clock.ms += 30_000;
    await remove(lab, queue, ReceiptHandle);
    expect(await receiveBodies(lab, queue)).toEqual([]);
  });

  test('every receive has a handle of its own; an old one succeeds and deletes nothing', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'tea');
    const first = await receiveOne(lab, queue);
    lab.clock.ms += 30_000;
    const second = await receiveOne(lab, queue);
    expect(second.ReceiptHandle).not.toBe(first.ReceiptHandle);
    await remove(lab, queue, first.ReceiptHandle);
    lab.clock.ms += 30_000;
    expect(await receiveBodies(lab, queue)).toEqual(['tea']);
  });

  test('a handle that was never given out, or by another queue: ReceiptHandleIsInvalid', async () => {
    const lab = await startLab();
    const [queue, other] = [await makeQueue(lab), await makeQueue(lab, 'other')];
    await send(lab, other, 'tea');
    const { ReceiptHandle } = await receiveOne(lab, other);
    for (const handle of ['bogus', ReceiptHandle]) {
      await expect(remove(lab, queue, handle)).rejects.toMatchObject(
        refusal('ReceiptHandleIsInvalid', 404),
      );
      await expect(change(lab, queue, handle, 1)).rejects.toMatchObject(
        refusal('ReceiptHandleIsInvalid', 404),
      );
    }
  });
});
