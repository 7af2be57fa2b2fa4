// sqs/dead-letters.test.ts: where messages go that nobody could process, and how they come back.
import {
  CancelMessageMoveTaskCommand,
  DeleteQueueCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  attributeOf,
  type Lab,
  makeQueue,
  makeQueueWithDeadLetters,
  receive,
  receiveBodies,
  receiveOne,
  refusal,
  send,
  sendAll,
  sendInGroup,
  startLab,
} from './test-kit.ts';

afterEach(() => {
  vi.useRealTimers();
});

const fail = (lab: Lab, queue: string) => receive(lab, queue, { VisibilityTimeout: 0 });
const allAttributes = { MessageSystemAttributeNames: ['All' as const] };

describe('a redrive policy', () => {
  test('moves a message that was received maxReceiveCount times', async () => {
    const lab = await startLab();
    const { queue, dead, queueArn } = await makeQueueWithDeadLetters(lab, { maxReceiveCount: 3 });
    const { MessageId } = await send(lab, queue, 'poison');
    for (let i = 0; i < 3; i += 1) expect(await fail(lab, queue)).toHaveLength(1);
    expect(await fail(lab, queue)).toEqual([]);
    const moved = await receiveOne(lab, dead, allAttributes);
    expect(moved).toMatchObject({ MessageId, Body: 'poison' });
    expect(moved.Attributes).toMatchObject({
      ApproximateReceiveCount: '4',
      DeadLetterQueueSourceArn: queueArn,
      SentTimestamp: String(lab.clock.ms),
    });
  });

  test('keeps the time of sending in a standard queue: the retention goes on', async () => {
    const lab = await startLab();
    const { queue, dead } = await makeQueueWithDeadLetters(lab);
    await send(lab, queue, 'poison');
    lab.clock.ms += 3 * 24 * 3_600_000;
    await fail(lab, queue);
    await fail(lab, queue);
    lab.clock.ms += 24 * 3_600_000;
    expect(await receiveBodies(lab, dead)).toEqual([]);
  });

  test('in a FIFO queue lets the next of the group through, and the id deduplicates', async () => {
    const lab = await startLab();
    const { queue, dead } = await makeQueueWithDeadLetters(lab, { suffix: '.fifo' });
    const { MessageId } = await sendInGroup(lab, queue, 'alice', 'poison');
    await sendInGroup(lab, queue, 'alice', 'good');
    await receiveOne(lab, queue);
    lab.clock.ms += 30_000;
    expect(await receiveBodies(lab, queue)).toEqual(['good']);
    const moved = await receiveOne(lab, dead, allAttributes);
    expect(moved.Attributes).toMatchObject({
      MessageGroupId: 'alice',
      MessageDeduplicationId: MessageId,
      SentTimestamp: String(lab.clock.ms),
    });
  });

  test('names a queue of the same kind that is there, and 1 to 1000 receives', async () => {
    const lab = await startLab();
    const { queue, deadArn } = await makeQueueWithDeadLetters(lab);
    await makeQueue(lab, 'dead.fifo');
    const set = (policy: object) =>
      lab.client.send(
        new SetQueueAttributesCommand({
          QueueUrl: queue,
          Attributes: { RedrivePolicy: JSON.stringify(policy) },
        }),
      );
    await set({ deadLetterTargetArn: deadArn, maxReceiveCount: '1000' });
    for (const [arn, maxReceiveCount, words] of [
      ['dummy', 42, 'Invalid value for deadLetterTargetArn.'],
      [`${deadArn}-gone`, 1, 'does not exist'],
      [`${deadArn}.fifo`, 1, 'same type'],
      [deadArn, 0, 'maxReceiveCount'],
      [deadArn, 1001, 'maxReceiveCount'],
    ])
      await expect(set({ deadLetterTargetArn: arn, maxReceiveCount })).rejects.toMatchObject({
        Code: 'InvalidParameterValue',
        message: expect.stringContaining(String(words)),
      });
  });

  test('needs the consent of the dead-letter queue, when that has a redrive allow policy', async () => {
    const lab = await startLab();
    const allowing = (redrivePermission: string, ...sourceQueueArns: string[]) => ({
      RedriveAllowPolicy: JSON.stringify({
        redrivePermission,
        ...(sourceQueueArns.length > 0 && { sourceQueueArns }),
      }),
    });
    const ordersArn = 'arn:aws:sqs:us-east-1:000000000000:orders';
    const nobody = await makeQueue(lab, 'nobody', allowing('denyAll'));
    const some = await makeQueue(lab, 'some', allowing('byQueue', ordersArn));
    const policyTo = async (target: string) => ({
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: await attributeOf(lab, target, 'QueueArn'),
        maxReceiveCount: 1,
      }),
    });
    await expect(makeQueue(lab, 'other', await policyTo(nobody))).rejects.toThrow('not allow');
    await expect(makeQueue(lab, 'other', await policyTo(some))).rejects.toThrow('not allow');
    await makeQueue(lab, 'orders', await policyTo(some));
  });

  test('is found from the other end, and is taken away by an empty one', async () => {
    const lab = await startLab();
    const { queue, dead } = await makeQueueWithDeadLetters(lab);
    const sources = () =>
      lab.client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }));
    expect((await sources()).queueUrls).toEqual([queue]);
    const Attributes = { RedrivePolicy: '' };
    await lab.client.send(new SetQueueAttributesCommand({ QueueUrl: queue, Attributes }));
    expect((await sources()).queueUrls).toEqual([]);
  });
});

describe('a message move task', () => {
  /** With as many dead letters. */
  async function withDeadLetters(lab: Lab, count: number) {
    const made = await makeQueueWithDeadLetters(lab);
    const bodies = Array.from({ length: count }, (_, i) => `dead ${i}`);
    await sendAll(lab, made.queue, bodies);
    while ((await fail(lab, made.queue)).length > 0);
    return { ...made, bodies };
  }

  const start = (lab: Lab, SourceArn: string, options = {}) =>
    lab.client.send(new StartMessageMoveTaskCommand({ SourceArn, ...options }));
  const list = async (lab: Lab, SourceArn: string, MaxResults = 10) =>
    (await lab.client.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults }))).Results;

  test('moves the messages back to where they came from, as new ones', async () => {
    const lab = await startLab();
    const { queue, dead, deadArn, bodies } = await withDeadLetters(lab, 12);
    lab.clock.ms += 1000;
    await start(lab, deadArn);
    expect(await list(lab, deadArn)).toEqual([
      {
        Status: 'COMPLETED',
        SourceArn: deadArn,
        ApproximateNumberOfMessagesMoved: 12,
        ApproximateNumberOfMessagesToMove: 12,
        StartedTimestamp: lab.clock.ms,
      },
    ]);
    expect(await receive(lab, dead)).toEqual([]);
    const back = await receive(lab, queue, allAttributes);
    expect(back.map(({ Body }) => Body)).toEqual(bodies.slice(0, 10));
    expect(back[0]?.Attributes).toMatchObject({
      ApproximateReceiveCount: '1',
      SentTimestamp: String(lab.clock.ms),
    });
    expect(back[0]?.Attributes?.DeadLetterQueueSourceArn).toBeUndefined();
  });

  test('moves them to another queue when it is told one', async () => {
    const lab = await startLab();
    const { deadArn } = await withDeadLetters(lab, 2);
    const repair = await makeQueue(lab, 'repair');
    const DestinationArn = await attributeOf(lab, repair, 'QueueArn');
    await start(lab, deadArn, { DestinationArn });
    expect(await receiveBodies(lab, repair)).toEqual(['dead 0', 'dead 1']);
  });

  test('moves so many a second, one task at a time, until it is cancelled', async () => {
    const lab = await startLab();
    const { queue, deadArn } = await withDeadLetters(lab, 10);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { TaskHandle } = await start(lab, deadArn, { MaxNumberOfMessagesPerSecond: 2 });
    await expect(start(lab, deadArn)).rejects.toThrow('already a task running');
    vi.advanceTimersByTime(2000);
    expect((await list(lab, deadArn))?.[0]).toMatchObject({
      Status: 'RUNNING',
      TaskHandle,
      ApproximateNumberOfMessagesMoved: 6,
      MaxNumberOfMessagesPerSecond: 2,
    });
    const cancel = () => lab.client.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    expect((await cancel()).ApproximateNumberOfMessagesMoved).toBe(6);
    vi.advanceTimersByTime(10_000);
    expect((await list(lab, deadArn))?.[0]).toMatchObject({ Status: 'CANCELLED' });
    expect(await receive(lab, queue)).toHaveLength(6);
    await expect(cancel()).rejects.toMatchObject(refusal('UnsupportedOperation', 400));
  });

  test('fails, and says why, when the queue they came from is gone', async () => {
    const lab = await startLab();
    const { queue, dead, deadArn } = await withDeadLetters(lab, 1);
    await lab.client.send(new DeleteQueueCommand({ QueueUrl: queue }));
    await makeQueueNeeding(lab, deadArn);
    await start(lab, deadArn);
    expect((await list(lab, deadArn))?.[0]).toMatchObject({
      Status: 'FAILED',
      FailureReason: 'AWS.SimpleQueueService.NonExistentQueue',
    });
    expect(await receiveBodies(lab, dead)).toEqual(['dead 0']);
  });

  test('is refused for a queue that is nobody’s dead-letter queue, or not there', async () => {
    const lab = await startLab();
    const { queueArn, deadArn } = await makeQueueWithDeadLetters(lab);
    await expect(start(lab, queueArn)).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
      message: 'Source queue must be configured as a Dead Letter Queue.',
    });
    for (const [source, DestinationArn, parameter] of [
      [`${queueArn}-gone`, undefined, 'SourceArn'],
      [deadArn, `${queueArn}-gone`, 'DestinationArn'],
    ] as const)
      await expect(start(lab, source, { DestinationArn })).rejects.toMatchObject(
        refusal('ResourceNotFoundException', 404, parameter),
      );
    const TaskHandle = 'bogus';
    await expect(
      lab.client.send(new CancelMessageMoveTaskCommand({ TaskHandle })),
    ).rejects.toMatchObject({ Code: 'InvalidParameterValue' });
  });
});

/** Another queue with the same dead-letter queue. */
function makeQueueNeeding(lab: Lab, deadLetterTargetArn: string): Promise<string> {
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
  return makeQueue(lab, 'needing', { RedrivePolicy });
}
