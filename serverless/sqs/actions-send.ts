// sqs/actions-send.ts: SendMessage and SendMessageBatch.
// Called through actions.ts.
import { randomUUID } from 'node:crypto';
import { batchEntries, runBatch } from './batch.ts';
import { deduplicationKey, findSeen } from './deduplication.ts';
import { readDraft, readFifoIds } from './draft.ts';
import { invalid, SqsError } from './errors.ts';
import { largestMessageBytes } from './limits.ts';
import { wake } from './long-poll.ts';
import { md5, md5OfAttributes } from './md5.ts';
import { type Draft, type Message, messageBytes } from './message.ts';
import { readMessageAttributes } from './message-attributes.ts';
import { type Input, optionalText } from './parameters.ts';
import type { Queue } from './queue.ts';
import { sequenceNumber } from './render.ts';
import { commit, queueOf, type Sqs } from './sqs.ts';

export function sendMessage(sqs: Sqs, input: Input): object {
  const queue = queueOf(sqs, input);
  const result = send(sqs, queue, readDraft(queue, input));
  wake(sqs, queue);
  return result;
}

/** @throws what the whole batch is refused for; else each entry fails by itself */
export function sendMessageBatch(sqs: Sqs, input: Input): object {
  const queue = queueOf(sqs, input);
  const entries = batchEntries(input);
  checkBatchSize(entries);
  if (queue.isFifo) checkFifoIds(queue, entries);
  const result = runBatch(entries, (entry) => send(sqs, queue, readDraft(queue, entry)));
  wake(sqs, queue);
  return result;
}

/** A repetition within five minutes is answered like the first one, and not kept. */
function send(sqs: Sqs, queue: Queue, draft: Draft): object {
  const { groupId = '', deduplicationId } = draft;
  if (!queue.isFifo || deduplicationId === undefined) return sent(draft, keep(sqs, queue, draft));
  const key = deduplicationKey(queue, groupId, deduplicationId);
  const first = findSeen(queue, key, sqs.now()) ?? keep(sqs, queue, draft, key);
  return { ...sent(draft, first), SequenceNumber: sequenceNumber(first.sequence) };
}

function keep(sqs: Sqs, queue: Queue, draft: Draft, seenAs?: string): Message {
  const { delayMs, ...content } = draft;
  const sentAtMs = sqs.now();
  const message: Message = {
    ...content,
    id: randomUUID(),
    sequence: queue.sequence + 1,
    sentAtMs,
    state: delayMs > 0 ? 'delayed' : 'visible',
    visibleAtMs: sentAtMs + delayMs,
    receiveCount: 0,
    receivesHere: 0,
  };
  const { name } = queue;
  commit(sqs, { op: 'send', queue: name, message, ...(seenAs !== undefined && { seenAs }) });
  return message;
}

/** The digests are of what came just now: the client compares them with what it sent. */
function sent({ body, attributes, traceHeader }: Draft, { id }: { readonly id: string }): object {
  const digest = md5OfAttributes(attributes);
  const trace = { DataType: 'String', StringValue: traceHeader ?? '' };
  return {
    MessageId: id,
    MD5OfMessageBody: md5(body),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest }),
    ...(traceHeader !== undefined && {
      MD5OfMessageSystemAttributes: md5OfAttributes({ AWSTraceHeader: trace }),
    }),
  };
}

function checkBatchSize(entries: readonly Input[]): void {
  const bytes = entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
  if (bytes > largestMessageBytes)
    throw new SqsError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${largestMessageBytes} bytes. ` +
        `You have sent ${bytes} bytes.`,
    );
}

/** An entry that cannot be read counts nothing here: it fails by itself. */
function bytesOf(entry: Input): number {
  try {
    return messageBytes(optionalText(entry, 'MessageBody') ?? '', readMessageAttributes(entry));
  } catch (error) {
    if (error instanceof SqsError) return 0;
    throw error;
  }
}

/** What AWS does (seen by others, not documented): one entry without ids fails the whole batch. */
function checkFifoIds(queue: Queue, entries: readonly Input[]): void {
  for (const entry of entries) {
    try {
      readFifoIds(queue, entry, '');
    } catch (error) {
      throw error instanceof SqsError ? invalid(error.message) : error;
    }
  }
}
