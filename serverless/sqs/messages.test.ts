// sqs/messages.test.ts: what is sent is what is received: digests, attributes, limits, delay, retention.
import { describe, expect, test } from 'vitest';
import {
  makeQueue,
  receive,
  receiveBodies,
  receiveOne,
  refusal,
  send,
  startLab,
} from './test-kit.ts';

/** With the digest that AWS itself answered (recorded in LocalStack's tests). */
const kenobi = {
  MessageAttributes: {
    General: { DataType: 'String', StringValue: 'Kenobi' },
    Hello: { DataType: 'String', StringValue: 'There' },
    'Help.Me': { DataType: 'String', StringValue: 'Me' },
  },
  digest: '4c360f3fdafd970e05fae2f149d997f5',
};

describe('SendMessage and ReceiveMessage', () => {
  test('a message arrives as it was sent, with the MD5 of its body', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    const body = 'Tee für zwei ☕\n{"lines":[1,2]}';
    const { MessageId, MD5OfMessageBody } = await send(lab, queue, body);
    expect(await receiveOne(lab, queue)).toEqual({
      MessageId,
      Body: body,
      MD5OfBody: MD5OfMessageBody,
      ReceiptHandle: expect.any(String),
    });
  });

  test('an empty queue answers without messages', async () => {
    const lab = await startLab();
    expect(await receive(lab, await makeQueue(lab))).toEqual([]);
  });

  test('a receive takes one message unless more are asked for, and ten at most', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    for (let i = 0; i < 12; i += 1) await send(lab, queue, String(i));
    expect(await receive(lab, queue, { MaxNumberOfMessages: undefined })).toHaveLength(1);
    expect(await receive(lab, queue, { MaxNumberOfMessages: 10 })).toHaveLength(10);
    for (const MaxNumberOfMessages of [0, 11])
      await expect(receive(lab, queue, { MaxNumberOfMessages })).rejects.toMatchObject({
        Code: 'InvalidParameterValue',
        message:
          `Value ${MaxNumberOfMessages} for parameter MaxNumberOfMessages is invalid. ` +
          'Reason: Must be between 1 and 10, if provided.',
      });
  });

  test('system attributes are told on request: who, when and how often', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders', { VisibilityTimeout: '10' });
    const sentAt = String(lab.clock.ms);
    await send(lab, queue, 'tea', { MessageGroupId: 'alice' });
    lab.clock.ms += 3000;
    const firstAt = String(lab.clock.ms);
    await receive(lab, queue);
    lab.clock.ms += 10_000;
    const { Attributes } = await receiveOne(lab, queue, { MessageSystemAttributeNames: ['All'] });
    expect(Attributes).toEqual({
      SenderId: 'AIDALOCALUSER',
      SentTimestamp: sentAt,
      ApproximateFirstReceiveTimestamp: firstAt,
      ApproximateReceiveCount: '2',
      MessageGroupId: 'alice',
    });
    lab.clock.ms += 10_000;
    const named = await receiveOne(lab, queue, {
      AttributeNames: ['ApproximateReceiveCount' as 'All'],
    });
    expect(named.Attributes).toEqual({ ApproximateReceiveCount: '3' });
  });

  test('the trace header of X-Ray comes through as a system attribute', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793';
    await send(lab, queue, 'tea', {
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: trace } },
    });
    const { Attributes } = await receiveOne(lab, queue, {
      MessageSystemAttributeNames: ['AWSTraceHeader'],
    });
    expect(Attributes).toEqual({ AWSTraceHeader: trace });
  });
});

describe('message attributes', () => {
  test('they have the digest that AWS computes', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    const { MD5OfMessageAttributes } = await send(lab, queue, 'msg', kenobi);
    expect(MD5OfMessageAttributes).toBe(kenobi.digest);
    const binary = Buffer.from(
      'traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01',
    );
    const second = await send(lab, queue, 'test', {
      MessageAttributes: { attr1: { DataType: 'Binary', BinaryValue: binary } },
    });
    expect(second.MD5OfMessageAttributes).toBe('8cbe4db156db8a94db8b801b7addb984');
    const [, received] = await receive(lab, queue, { MessageAttributeNames: ['All'] });
    expect(Buffer.from(received?.MessageAttributes?.attr1?.BinaryValue ?? [])).toEqual(binary);
  });

  test.each([
    [[], [], undefined],
    [['All'], ['General', 'Hello', 'Help.Me'], kenobi.digest],
    [['.*'], ['General', 'Hello', 'Help.Me'], kenobi.digest],
    [['Hel.*'], ['Hello', 'Help.Me'], '83fee93c1bcd8b9a5a923ffacdc636c7'],
    [['General', 'Hello'], ['General', 'Hello'], 'fca026605781cb4126a1e9044df24232'],
    [['Hello', 'Gone'], ['Hello'], 'a311262e065454b75da111d535b8dacd'],
    [['Gone'], [], undefined],
  ])('asked for %j, a receive tells %j, with the digest of these', async (names, told, digest) => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'msg', kenobi);
    const message = await receiveOne(lab, queue, { MessageAttributeNames: names });
    expect(Object.keys(message.MessageAttributes ?? {}).sort()).toEqual(told);
    expect(message.MD5OfMessageAttributes).toBe(digest);
  });

  test.each([
    ['', { DataType: 'String', StringValue: 'x' }, 'name'],
    ['AWS.x', { DataType: 'String', StringValue: 'x' }, 'AWS.x'],
    ['a..b', { DataType: 'String', StringValue: 'x' }, 'a..b'],
    ['a', { DataType: 'Text', StringValue: 'x' }, 'Binary, Number, String'],
    ['a', { DataType: 'String', StringValue: '' }, 'non-empty value'],
    ['a', { DataType: 'Number', StringValue: 'seven' }, 'number'],
  ])('an attribute "%s" of %j is refused', async (name, value, words) => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    const sending = send(lab, queue, 'tea', { MessageAttributes: { [name]: value } });
    await expect(sending).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
      message: expect.stringContaining(words),
    });
  });

  test('a message may have ten of them', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    const some = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => [
          `a${i}`,
          { DataType: 'Number', StringValue: '1' },
        ]),
      );
    await send(lab, queue, 'tea', { MessageAttributes: some(10) });
    await expect(send(lab, queue, 'tea', { MessageAttributes: some(11) })).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
    });
  });
});

describe('limits of a message', () => {
  test('it may have 1 MiB, attributes included, and not a byte more', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    const attribute = { a: { DataType: 'String', StringValue: 'x' } };
    await send(lab, queue, 'x'.repeat(1_048_576));
    await send(lab, queue, 'x'.repeat(1_048_576 - 8), { MessageAttributes: attribute });
    const tooLong = 'Message must be shorter than 1048576 bytes.';
    for (const sending of [
      send(lab, queue, `${'x'.repeat(1_048_575)}ü`),
      send(lab, queue, 'x'.repeat(1_048_576 - 7), { MessageAttributes: attribute }),
    ])
      await expect(sending).rejects.toMatchObject({
        Code: 'InvalidParameterValue',
        message: expect.stringContaining(tooLong),
      });
  });

  test('a queue may have a smaller limit', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders', { MaximumMessageSize: '1024' });
    await send(lab, queue, 'x'.repeat(1024));
    await expect(send(lab, queue, 'x'.repeat(1025))).rejects.toThrow('shorter than 1024 bytes');
  });

  test('it may not be empty, nor hold characters that XML does not allow', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await expect(send(lab, queue, '')).rejects.toMatchObject({ Code: 'MissingParameter' });
    await send(lab, queue, 'tab\t line\n emoji 🫖');
    await expect(send(lab, queue, 'bell\u0007')).rejects.toMatchObject(
      refusal('InvalidMessageContents', 400),
    );
  });
});

describe('delay and retention', () => {
  test('a delayed message is received when its delay is over, not before', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'later', { DelaySeconds: 900 });
    lab.clock.ms += 899_999;
    expect(await receiveBodies(lab, queue)).toEqual([]);
    lab.clock.ms += 1;
    expect(await receiveBodies(lab, queue)).toEqual(['later']);
    await expect(send(lab, queue, 'never', { DelaySeconds: 901 })).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
      message: expect.stringContaining('DelaySeconds'),
    });
  });

  test('the delay of a queue counts for messages that bring none', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab, 'orders', { DelaySeconds: '60' });
    await send(lab, queue, 'as the queue says');
    await send(lab, queue, 'at once', { DelaySeconds: 0 });
    expect(await receiveBodies(lab, queue)).toEqual(['at once']);
    lab.clock.ms += 60_000;
    expect(await receiveBodies(lab, queue)).toEqual(['at once', 'as the queue says']);
  });

  test('a message is kept for the retention period: four days unless said otherwise', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await send(lab, queue, 'old');
    lab.clock.ms += 4 * 24 * 3_600_000 - 1;
    await send(lab, queue, 'young');
    lab.clock.ms += 1;
    expect(lab.server.queues()[0]?.visible).toBe(1);
    expect(await receiveBodies(lab, queue)).toEqual(['young']);
  });
});
