// sqs/queues.test.ts: queues are made, found, configured, tagged, emptied and deleted, by the AWS SDK.
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import {
  attributesOf,
  makeQueue,
  receiveBodies,
  refusal,
  send,
  sendAll,
  startLab,
} from './test-kit.ts';

describe('CreateQueue', () => {
  test('a new queue has the defaults that AWS documents', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    expect(queue).toBe(`${lab.server.url}/000000000000/orders`);
    expect(await attributesOf(lab, queue)).toEqual({
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:orders',
      VisibilityTimeout: '30',
      DelaySeconds: '0',
      ReceiveMessageWaitTimeSeconds: '0',
      MessageRetentionPeriod: '345600',
      MaximumMessageSize: '1048576',
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      ApproximateNumberOfMessagesDelayed: '0',
      CreatedTimestamp: String(lab.clock.ms / 1000),
      LastModifiedTimestamp: String(lab.clock.ms / 1000),
    });
  });

  test('the same name with the same attributes is the same queue', async () => {
    const lab = await startLab();
    const first = await makeQueue(lab, 'orders', { DelaySeconds: '5' });
    expect(await makeQueue(lab, 'orders', { DelaySeconds: '5' })).toBe(first);
    expect(await makeQueue(lab, 'orders')).toBe(first);
  });

  test('the same name with another attribute is refused: QueueNameExists', async () => {
    const lab = await startLab();
    await makeQueue(lab, 'orders', { DelaySeconds: '5' });
    await expect(makeQueue(lab, 'orders', { DelaySeconds: '6' })).rejects.toMatchObject({
      ...refusal('QueueNameExists', 400, 'DelaySeconds'),
      Code: 'QueueAlreadyExists',
    });
  });

  test.each(['', 'with space', 'a/b', 'x'.repeat(81), 'orders.fifo'])(
    'a standard queue cannot be named "%s"',
    async (QueueName) => {
      const { client } = await startLab();
      const name = QueueName === '' ? 'MissingParameter' : 'InvalidParameterValue';
      await expect(client.send(new CreateQueueCommand({ QueueName }))).rejects.toMatchObject({
        Code: name,
      });
    },
  );

  test('a name may have 80 characters', async () => {
    const lab = await startLab();
    expect(await makeQueue(lab, 'x'.repeat(80))).toMatch(/x{80}$/);
    expect(await makeQueue(lab, `${'x'.repeat(75)}.fifo`)).toMatch(/\.fifo$/);
  });

  test.each([
    ['DelaySeconds', '900', '901'],
    ['VisibilityTimeout', '43200', '43201'],
    ['ReceiveMessageWaitTimeSeconds', '20', '21'],
    ['MessageRetentionPeriod', '1209600', '1209601'],
    ['MessageRetentionPeriod', '60', '59'],
    ['MaximumMessageSize', '1048576', '1048577'],
    ['MaximumMessageSize', '1024', '1023'],
  ])('%s may be %s and not %s', async (attribute, good, bad) => {
    const lab = await startLab();
    await makeQueue(lab, 'good', { [attribute]: good });
    await expect(makeQueue(lab, 'bad', { [attribute]: bad })).rejects.toMatchObject(
      refusal('InvalidAttributeValue', 400, attribute),
    );
  });

  test('an attribute that a standard queue does not have is refused', async () => {
    const lab = await startLab();
    await expect(
      makeQueue(lab, 'orders', { ContentBasedDeduplication: 'true' }),
    ).rejects.toMatchObject(refusal('InvalidAttributeName', 400, 'ContentBasedDeduplication'));
  });
});

describe('GetQueueUrl, ListQueues and DeleteQueue', () => {
  test('a queue is found by its name, and one that is not there is QueueDoesNotExist', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    const find = (QueueName: string) => lab.client.send(new GetQueueUrlCommand({ QueueName }));
    expect((await find('orders')).QueueUrl).toBe(queue);
    await expect(find('other')).rejects.toMatchObject({
      ...refusal('QueueDoesNotExist', 400, 'The specified queue does not exist.'),
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
    });
  });

  test('queues are listed by prefix, a page at a time when MaxResults asks for it', async () => {
    const lab = await startLab();
    for (const name of ['a-1', 'b-1', 'a-3', 'a-2']) await makeQueue(lab, name);
    const list = async (NextToken?: string) => {
      const command = new ListQueuesCommand({ QueueNamePrefix: 'a-', MaxResults: 2, NextToken });
      const { QueueUrls = [], NextToken: next } = await lab.client.send(command);
      return { names: QueueUrls.map((url) => url.split('/').at(-1)), next };
    };
    const first = await list();
    expect(first.names).toEqual(['a-1', 'a-2']);
    expect(await list(first.next)).toEqual({ names: ['a-3'], next: undefined });
    const all = await lab.client.send(new ListQueuesCommand({}));
    expect(all.QueueUrls).toHaveLength(4);
  });

  test('a deleted queue and its messages are gone', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'lost');
    await lab.client.send(new DeleteQueueCommand({ QueueUrl: queue }));
    await expect(send(lab, queue, 'late')).rejects.toMatchObject(refusal('QueueDoesNotExist', 400));
    expect(await receiveBodies(lab, await makeQueue(lab))).toEqual([]);
  });
});

describe('attributes and tags', () => {
  test('an attribute can be changed, and counts from then on', async () => {
    const lab = await startLab();
    const QueueUrl = await makeQueue(lab);
    lab.clock.ms += 5000;
    const Attributes = { VisibilityTimeout: '10' };
    await lab.client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    expect(await attributesOf(lab, QueueUrl)).toMatchObject({
      VisibilityTimeout: '10',
      DelaySeconds: '0',
      LastModifiedTimestamp: String(lab.clock.ms / 1000),
      CreatedTimestamp: String(lab.clock.ms / 1000 - 5),
    });
    await send(lab, QueueUrl, 'tea');
    await receiveBodies(lab, QueueUrl);
    lab.clock.ms += 10_000;
    expect(await receiveBodies(lab, QueueUrl)).toEqual(['tea']);
  });

  test('only the attributes that were asked for are told, and an unknown one is refused', async () => {
    const lab = await startLab();
    const QueueUrl = await makeQueue(lab);
    const get = (...AttributeNames: string[]) =>
      lab.client.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: AttributeNames as ['All'] }),
      );
    expect((await get('DelaySeconds')).Attributes).toEqual({ DelaySeconds: '0' });
    expect((await get()).Attributes).toBeUndefined();
    await expect(get('Colour')).rejects.toMatchObject(
      refusal('InvalidAttributeName', 400, 'Unknown Attribute Colour.'),
    );
  });

  test('visible, delayed and in-flight messages are counted apart', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await sendAll(lab, queue, ['one', 'two', 'three']);
    await send(lab, queue, 'later', { DelaySeconds: 60 });
    await receiveBodies(lab, queue, { MaxNumberOfMessages: 1 });
    expect(await attributesOf(lab, queue)).toMatchObject({
      ApproximateNumberOfMessages: '2',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
    });
    const { visible, inFlight, delayed } = lab.server.queues()[0] ?? {};
    expect({ visible, inFlight, delayed }).toEqual({ visible: 2, inFlight: 1, delayed: 1 });
  });

  test('tags are set with the queue, overwritten and taken away', async () => {
    const lab = await startLab();
    const tags = { team: 'tea', env: 'lab' };
    const made = await lab.client.send(new CreateQueueCommand({ QueueName: 'orders', tags }));
    const { QueueUrl = '' } = made;
    await lab.client.send(new TagQueueCommand({ QueueUrl, Tags: { team: 'pots' } }));
    await lab.client.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['env'] }));
    const { Tags } = await lab.client.send(new ListQueueTagsCommand({ QueueUrl }));
    expect(Tags).toEqual({ team: 'pots' });
  });
});

describe('PurgeQueue', () => {
  test('a purge takes every message, whatever its state', async () => {
    const lab = await startLab();
    const QueueUrl = await makeQueue(lab);
    await sendAll(lab, QueueUrl, ['one', 'two']);
    await send(lab, QueueUrl, 'later', { DelaySeconds: 1 });
    await receiveBodies(lab, QueueUrl, { MaxNumberOfMessages: 1 });
    await lab.client.send(new PurgeQueueCommand({ QueueUrl }));
    lab.clock.ms += 60_000;
    expect(await receiveBodies(lab, QueueUrl)).toEqual([]);
  });

  test('a second purge within 60 seconds is refused: PurgeQueueInProgress', async () => {
    const lab = await startLab();
    const QueueUrl = await makeQueue(lab);
    const purge = () => lab.client.send(new PurgeQueueCommand({ QueueUrl }));
    await purge();
    lab.clock.ms += 59_999;
    await expect(purge()).rejects.toMatchObject(refusal('PurgeQueueInProgress', 403, 'orders'));
    lab.clock.ms += 1;
    await purge();
  });
});
