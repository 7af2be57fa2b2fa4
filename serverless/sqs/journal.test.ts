// sqs/journal.test.ts: a restart with the same journal goes on where the server before it stopped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  DeleteMessageCommand,
  DeleteQueueCommand,
  PurgeQueueCommand,
  TagQueueCommand,
} from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Entry } from './entry.ts';
import { openJournal } from './journal.ts';
import type { Queue } from './queue.ts';
import { commit, type Sqs } from './sqs.ts';
import {
  attributesOf,
  type Lab,
  makeQueue,
  makeQueueWithDeadLetters,
  receive,
  receiveBodies,
  receiveOne,
  send,
  sendAll,
  sendInGroup,
  startLab,
} from './test-kit.ts';

let journalFile = '';
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'sqs-'));
  journalFile = join(folder, 'journal.jsonl');
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

const start = () => startLab({ journalFile });

/** The clock goes on as well. */
async function restart({ server, clock }: Lab): Promise<Lab> {
  await server.close();
  const lab = await startLab({ journalFile, now: () => clock.ms });
  return { ...lab, clock };
}

const remove = ({ client }: Lab, QueueUrl: string, ReceiptHandle = '') =>
  client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));

describe('after a restart', () => {
  test('queues, attributes and tags are there; a deleted queue is not', async () => {
    const before = await start();
    const queue = await makeQueue(before, 'orders', { DelaySeconds: '7' });
    const gone = await makeQueue(before, 'gone');
    await before.client.send(new TagQueueCommand({ QueueUrl: queue, Tags: { team: 'tea' } }));
    await before.client.send(new DeleteQueueCommand({ QueueUrl: gone }));
    const told = await attributesOf(before, queue);
    const after = await restart(before);
    expect(await attributesOf(after, queue)).toEqual(told);
    expect(after.server.queues().map(({ name }) => name)).toEqual(['orders']);
  });

  test('a server that finds its port taken has not touched the journal of who has it', async () => {
    const first = await start();
    const { port } = first.server;
    await expect(startLab({ journalFile, port })).rejects.toThrow('EADDRINUSE');
    await makeQueue(first, 'orders');
    const after = await restart(first);
    expect(after.server.queues().map(({ name }) => name)).toEqual(['orders']);
  });

  test('messages are there as they were sent, and deleted and purged ones are not', async () => {
    const before = await start();
    const [queue, purged] = [await makeQueue(before), await makeQueue(before, 'purged')];
    const MessageAttributes = { a: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) } };
    const { MessageId } = await send(before, queue, 'Tee ☕', { MessageAttributes });
    await send(before, queue, 'deleted');
    const [, second] = await receive(before, queue);
    await remove(before, queue, second?.ReceiptHandle);
    await send(before, purged, 'purged');
    await before.client.send(new PurgeQueueCommand({ QueueUrl: purged }));
    const after = await restart(before);
    after.clock.ms += 30_000;
    const left = await receive(after, queue, { MessageAttributeNames: ['All'] });
    expect(left).toEqual([expect.objectContaining({ MessageId, Body: 'Tee ☕' })]);
    expect(Buffer.from(left[0]?.MessageAttributes?.a?.BinaryValue ?? [])).toEqual(
      Buffer.from([0, 255]),
    );
    expect(await receive(after, purged)).toEqual([]);
  });

  test('what was in flight or delayed is so still, and its handle deletes it', async () => {
    const before = await start();
    const queue = await makeQueue(before);
    await sendAll(before, queue, ['in flight', 'deleted later']);
    await send(before, queue, 'delayed', { DelaySeconds: 60 });
    const [, later] = await receive(before, queue);
    const after = await restart(before);
    expect(after.server.queues()[0]).toMatchObject({ visible: 0, inFlight: 2, delayed: 1 });
    await remove(after, queue, later?.ReceiptHandle);
    after.clock.ms += 30_000;
    const again = await receiveOne(after, queue, { MessageSystemAttributeNames: ['All'] });
    expect(again.Body).toBe('in flight');
    expect(again.Attributes?.ApproximateReceiveCount).toBe('2');
    after.clock.ms += 30_000;
    expect((await receiveBodies(after, queue)).sort()).toEqual(['delayed', 'in flight']);
  });

  test('a FIFO queue keeps its order, its numbers and what it has seen', async () => {
    const before = await start();
    const queue = await makeQueue(before, 'orders.fifo');
    for (const body of ['a1', 'a2']) await sendInGroup(before, queue, 'alice', body);
    const first = await receiveOne(before, queue);
    const after = await restart(before);
    expect(await receiveBodies(after, queue)).toEqual([]);
    await remove(after, queue, first.ReceiptHandle);
    const last = await restart(after);
    const repeated = await sendInGroup(last, queue, 'alice', 'a1');
    expect(repeated.MessageId).toBe(first.MessageId);
    const next = await sendInGroup(last, queue, 'alice', 'a3');
    expect(Number(next.SequenceNumber)).toBe(3);
    expect(await receiveBodies(last, queue)).toEqual(['a2', 'a3']);
  });

  test('a dead letter is in the dead-letter queue, and nowhere else', async () => {
    const before = await start();
    const { queue, dead } = await makeQueueWithDeadLetters(before);
    await send(before, queue, 'poison');
    for (let i = 0; i < 2; i += 1) await receive(before, queue, { VisibilityTimeout: 0 });
    const after = await restart(before);
    expect(await receiveBodies(after, queue)).toEqual([]);
    expect(await receiveBodies(after, dead)).toEqual(['poison']);
  });
});

describe('the file', () => {
  test('is as short as what is left when it is opened again', async () => {
    const before = await start();
    const queue = await makeQueue(before);
    for (let i = 0; i < 30; i += 1) {
      await send(before, queue, `body ${i}`);
      await remove(before, queue, (await receiveOne(before, queue)).ReceiptHandle);
    }
    expect(readFileSync(journalFile, 'utf8').split('\n')).toHaveLength(1 + 3 * 30 + 1);
    await send(before, queue, 'kept for four days');
    const after = await restart(before);
    expect(readFileSync(journalFile, 'utf8').split('\n')).toHaveLength(2 + 1);
    after.clock.ms += 4 * 24 * 3_600_000;
    await restart(after);
    expect(readFileSync(journalFile, 'utf8').split('\n')).toHaveLength(1 + 1);
  });

  test('may end in a torn line: it is dropped, and the next line is whole', async () => {
    const before = await start();
    const queue = await makeQueue(before);
    await send(before, queue, 'whole');
    await before.server.close();
    appendFileSync(journalFile, '{"op":"send","queue":"orders","message":{"id":"torn');
    const after = await start();
    await send(after, queue, 'later');
    const last = await restart(after);
    expect((await receiveBodies(last, queue)).sort()).toEqual(['later', 'whole']);
  });

  test('that is damaged in the middle stops the start, naming the line', async () => {
    writeFileSync(journalFile, '{"op":"create"\n{}\n');
    await expect(start()).rejects.toThrow(`${journalFile}:1 is damaged`);
  });

  test.each([
    ['is no JSON', '{"op":"se\0\0'],
    ['is no change', 'null'],
    ['lacks a part', '{"op":"send","queue":"orders"}'],
  ])('with a line that %s ends a process in one sentence, and stays as it is', async (_, bad) => {
    const create = '{"op":"create","queue":"orders","attributes":{}}';
    writeFileSync(journalFile, `${create}\n${bad}\n${create}\n`);
    const before = readFileSync(journalFile, 'utf8');
    const script = join(import.meta.dirname, '..', 'queue-server', 'server.ts');
    const env = { ...process.env, PORT: String(await freePort()), JOURNAL_FILE: journalFile };
    const child = spawn(process.execPath, ['--import', 'tsx', script], { env });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [[code], said] = await Promise.all([once(child, 'close'), text(child.stderr)]);
    expect(said).toBe(
      `${journalFile}:2 is damaged: move the file away to begin with empty queues, ` +
        'or start with --fresh to forget all data.\n',
    );
    expect(code).toBe(2);
    expect(readFileSync(journalFile, 'utf8')).toBe(before);
  });

  test('that cannot be written lets nothing happen, from then on', () => {
    const { journal } = openJournal(journalFile, 0);
    const queues = new Map<string, Queue>();
    const entry: Entry = {
      ...{ op: 'create', queue: 'orders', attributes: {} },
      ...{ createdAtMs: 0, modifiedAtMs: 0 },
    };
    journal.close();
    for (let i = 0; i < 2; i += 1)
      expect(() => commit({ queues, journal } as Sqs, entry)).toThrow('EBADF');
    expect(queues.size).toBe(0);
  });
});
