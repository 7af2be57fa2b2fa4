// sqs/knobs.test.ts: at-least-once and best-effort order, made visible on request.
import { DeleteMessageCommand } from '@aws-sdk/client-sqs';
import { seededRandom } from '@lab/shared/domain/random.ts';
import { describe, expect, test } from 'vitest';
import {
  type Lab,
  makeQueue,
  receive,
  receiveBodies,
  receiveOne,
  sendAll,
  sendInGroup,
  startLab,
} from './test-kit.ts';

const bodies = Array.from({ length: 100 }, (_, i) => String(i));

/** Receives and deletes until the queue is empty. @returns the bodies, as they came */
async function drain(lab: Lab, QueueUrl: string): Promise<string[]> {
  const drained: string[] = [];
  for (;;) {
    const messages = await receive(lab, QueueUrl);
    if (messages.length === 0) return drained;
    for (const { Body = '', ReceiptHandle } of messages) {
      drained.push(Body);
      await lab.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}

const repeated = (drained: readonly string[]) => drained.length - new Set(drained).size;

describe('duplicates', () => {
  test('without the knob every message comes once', async () => {
    const lab = await startLab();
    const queue = await makeQueue(lab);
    await sendAll(lab, queue, bodies);
    expect(await drain(lab, queue)).toEqual(bodies);
  });

  test('with 1 every message comes once more although it was deleted in time', async () => {
    const lab = await startLab({ duplicates: 1 });
    const queue = await makeQueue(lab);
    await sendAll(lab, queue, bodies);
    const drained = await drain(lab, queue);
    expect(drained).toHaveLength(200);
    expect(repeated(drained)).toBe(100);
  });

  test('a duplicate has the id of the message, a handle of its own and a higher count', async () => {
    const lab = await startLab({ duplicates: 1 });
    const QueueUrl = await makeQueue(lab);
    await sendAll(lab, QueueUrl, ['tea']);
    const first = await receiveOne(lab, QueueUrl);
    const { ReceiptHandle } = first;
    await lab.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    const again = await receiveOne(lab, QueueUrl, { MessageSystemAttributeNames: ['All'] });
    expect(again.MessageId).toBe(first.MessageId);
    expect(again.ReceiptHandle).not.toBe(ReceiptHandle);
    expect(again.Attributes?.ApproximateReceiveCount).toBe('2');
  });

  test('with 0.2 about a fifth comes again, and setting it back ends it', async () => {
    const lab = await startLab({ random: seededRandom(7) });
    const queue = await makeQueue(lab);
    lab.server.misbehave({ duplicates: 0.2 });
    await sendAll(lab, queue, bodies);
    const count = repeated(await drain(lab, queue));
    // 20 ± 4 by the binomial distribution; the seed is fixed.
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(30);
    lab.server.misbehave({ duplicates: 0 });
    await sendAll(lab, queue, bodies);
    expect(repeated(await drain(lab, queue))).toBe(0);
  });
});

describe('reordering', () => {
  test('with 1 the oldest message comes last', async () => {
    const lab = await startLab({ reordering: 1, random: seededRandom(7) });
    const queue = await makeQueue(lab);
    await sendAll(lab, queue, bodies);
    const drained = await drain(lab, queue);
    expect(drained.at(-1)).toBe('0');
    expect(drained).not.toEqual(bodies);
    expect([...drained].sort()).toEqual([...bodies].sort());
  });

  test('with 0.1 most messages are still in order', async () => {
    const lab = await startLab({ reordering: 0.1, random: seededRandom(7) });
    const queue = await makeQueue(lab);
    await sendAll(lab, queue, bodies);
    const drained = (await drain(lab, queue)).map(Number);
    const early = drained.filter((body, at) => drained.slice(at).some((later) => later < body));
    expect(early.length).toBeGreaterThan(2);
    expect(early.length).toBeLessThan(30);
  });
});

test('FIFO queues keep both promises, whatever the knobs say', async () => {
  const lab = await startLab({ duplicates: 1, reordering: 1 });
  const queue = await makeQueue(lab, 'orders.fifo');
  const few = bodies.slice(0, 20);
  for (const body of few) await sendInGroup(lab, queue, 'alice', body);
  expect(await drain(lab, queue)).toEqual(few);
  expect(await receiveBodies(lab, queue)).toEqual([]);
});

test.each([-0.1, 1.1, Number.NaN])('a probability of %s is refused', async (duplicates) => {
  const { server } = await startLab();
  expect(() => server.misbehave({ duplicates })).toThrow(RangeError);
});
