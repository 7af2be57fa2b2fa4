// sqs/long-poll.test.ts: receives that wait: who wakes them, how long, and what if the client leaves.
import {
  ChangeMessageVisibilityCommand,
  DeleteQueueCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  clientOf,
  type Lab,
  makeQueue,
  makeQueueWithDeadLetters,
  receive,
  receiveBodies,
  receiveOne,
  send,
  sendInGroup,
  startLab,
  until,
} from './test-kit.ts';

afterEach(() => {
  vi.useRealTimers();
});

const waiting = ({ server }: Lab, count = 1) =>
  until(() => server.queues().reduce((sum, queue) => sum + queue.waiting, 0) === count);

describe('a receive that waits', () => {
  test('is answered at once by a message that is sent', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    const waits = receiveBodies(lab, queue, { WaitTimeSeconds: 20 });
    await waiting(lab);
    await send(lab, queue, 'tea');
    expect(await waits).toEqual(['tea']);
    expect(lab.server.queues()[0]).toMatchObject({ waiting: 0, inFlight: 1 });
  });

  test('does not wait when there is a message already', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'tea');
    expect(await receiveBodies(lab, queue, { WaitTimeSeconds: 20 })).toEqual(['tea']);
  });

  test('waits for as long as it was told, 20 seconds at most, and gets nothing', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await expect(receive(lab, queue, { WaitTimeSeconds: 21 })).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
      message: expect.stringContaining('WaitTimeSeconds'),
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const waits = receiveBodies(lab, queue, { WaitTimeSeconds: 20 });
    await waiting(lab);
    vi.advanceTimersByTime(19_999);
    expect(lab.server.queues()[0]?.waiting).toBe(1);
    vi.advanceTimersByTime(1);
    expect(lab.server.queues()[0]?.waiting).toBe(0);
    expect(await waits).toEqual([]);
  });

  test('waits as its queue says when it says nothing', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders', { ReceiveMessageWaitTimeSeconds: '20' });
    const waits = receiveBodies(lab, queue);
    await waiting(lab);
    await send(lab, queue, 'tea');
    expect(await waits).toEqual(['tea']);
  });

  test('is answered when a delay is over or a message in flight is given back', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'delayed', { DelaySeconds: 5 });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const first = receiveOne(lab, queue, { WaitTimeSeconds: 20 });
    await waiting(lab);
    lab.clock.ms += 5000;
    vi.advanceTimersByTime(5000);
    const { ReceiptHandle } = await first;
    const second = receiveBodies(lab, queue, { WaitTimeSeconds: 20 });
    await waiting(lab);
    const QueueUrl = queue;
    await lab.client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
    );
    expect(await second).toEqual(['delayed']);
  });

  test('is answered when a visibility timeout is over', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'tea');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await receiveOne(lab, queue, { VisibilityTimeout: 10 });
    const waits = receiveBodies(lab, queue, { WaitTimeSeconds: 20 });
    await waiting(lab);
    lab.clock.ms += 10_000;
    vi.advanceTimersByTime(10_000);
    expect(await waits).toEqual(['tea']);
  });

  test('is answered when the delay of a FIFO queue is shortened', async () => {
    const lab = await startLab();
    const QueueUrl = await makeQueue(lab, 'orders.fifo', { DelaySeconds: '600' });
    await sendInGroup(lab, QueueUrl, 'alice', 'tea');
    const waits = receiveBodies(lab, QueueUrl, { WaitTimeSeconds: 20 });
    await waiting(lab);
    const Attributes = { DelaySeconds: '0' };
    await lab.client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    expect(await waits).toEqual(['tea']);
  });

  test('on a dead-letter queue is answered when a message is moved there', async () => {
    const lab = await startLab();
    const { queue, dead } = await makeQueueWithDeadLetters(lab);
    await send(lab, queue, 'poison');
    await receive(lab, queue, { VisibilityTimeout: 0 });
    const waits = receiveBodies(lab, dead, { WaitTimeSeconds: 20 });
    await waiting(lab);
    expect(await receiveBodies(lab, queue)).toEqual([]);
    expect(await waits).toEqual(['poison']);
  });

  test('stands in line: one message wakes whoever waited longest', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    const first = receiveBodies(lab, queue, { WaitTimeSeconds: 20 });
    await waiting(lab);
    const second = receiveBodies(lab, queue, { WaitTimeSeconds: 20 });
    await waiting(lab, 2);
    await send(lab, queue, 'one');
    expect(await first).toEqual(['one']);
    expect(lab.server.queues()[0]?.waiting).toBe(1);
    await send(lab, queue, 'two');
    expect(await second).toEqual(['two']);
  });
});

describe('a receive that waits in vain', () => {
  test('is forgotten when its client hangs up: the next message is for somebody else', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    const leaver = clientOf(lab.server.url);
    const leaves = receive({ client: leaver }, queue, { WaitTimeSeconds: 20 });
    await waiting(lab);
    leaver.destroy();
    await expect(leaves).rejects.toThrow();
    await waiting(lab, 0);
    await send(lab, queue, 'tea');
    expect(await receiveBodies(lab, queue)).toEqual(['tea']);
  });

  test('is answered when its queue is deleted or the server closes', async () => {
    const lab = await startLab();
    const [queue, other] = [await makeQueue(lab), await makeQueue(lab, 'other')];
    const ofDeleted = receiveBodies(lab, queue, { WaitTimeSeconds: 20 });
    const ofClosed = receiveBodies(lab, other, { WaitTimeSeconds: 20 });
    await waiting(lab, 2);
    await lab.client.send(new DeleteQueueCommand({ QueueUrl: queue }));
    expect(await ofDeleted).toEqual([]);
    await lab.server.close();
    expect(await ofClosed).toEqual([]);
  });
});
