// sqs/in-flight.test.ts: 120,000 messages may be in flight, in a standard queue as in a FIFO queue.
import { afterEach, expect, test, vi } from 'vitest';
import {
  type Lab,
  makeQueue,
  receive,
  receiveBodies,
  refusal,
  startLab,
  until,
} from './test-kit.ts';

afterEach(() => {
  vi.useRealTimers();
});

const limit = 120_000;

/** Without HTTP. Each message is a group of its own in a FIFO queue. */
async function fill({ server }: Lab, QueueUrl: string): Promise<void> {
  const isFifo = QueueUrl.endsWith('.fifo');
  for (let sent = 0; sent < limit + 10; sent += 10) {
    const Entries = Array.from({ length: 10 }, (_, i) => ({
      Id: String(i),
      MessageBody: String(sent + i),
      ...(isFifo && { MessageGroupId: String(sent + i) }),
    }));
    await server.call('SendMessageBatch', { QueueUrl, Entries });
  }
  for (let taken = 0; taken < limit; taken += 10)
    await server.call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
  expect(server.queues()[0]).toMatchObject({ inFlight: limit, visible: 10 });
}

test('a standard queue refuses a short poll then: OverLimit; a long poll gets nothing', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab);
  await fill(lab, queue);
  await expect(receive(lab, queue)).rejects.toMatchObject(refusal('OverLimit', 403, '120000'));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const waits = receiveBodies(lab, queue, { WaitTimeSeconds: 20 });
  await until(() => lab.server.queues()[0]?.waiting === 1);
  vi.advanceTimersByTime(20_000);
  expect(await waits).toEqual([]);
  lab.clock.ms += 30_000;
  expect(await receive(lab, queue)).toHaveLength(10);
});

test('a FIFO queue gives no messages then, and no error', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab, 'orders.fifo', { ContentBasedDeduplication: 'true' });
  await fill(lab, queue);
  expect(await receive(lab, queue)).toEqual([]);
});
