// sqs/render.ts: a message as the JSON that a consumer gets.
// Called by actions-receive.ts.
import { md5, md5OfAttributes } from './md5.ts';
import type { AttributeValues, Message } from './message.ts';
import type { Queue } from './queue.ts';
import { receiptHandle } from './receipt.ts';

/** Simulated: nobody signs in here, so every message is from the same user. */
const senderId = 'AIDALOCALUSER';

/** What a consumer asked to be told. */
export interface Wanted {
  /** Of the system attributes; `All` is every one. */
  readonly systemNames: readonly string[];
  /** Of the message attributes; `All` and `.*` are every one, `bar.*` those that begin with `bar`. */
  readonly names: readonly string[];
}

export function renderMessage(queue: Queue, message: Message, wanted: Wanted): object {
  const attributes = chosenAttributes(message.attributes, wanted.names);
  const system = chosenSystemAttributes(message, wanted.systemNames);
  const digest = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(queue.name, message),
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest, MessageAttributes: attributes }),
  };
}

/** 20 digits: as a text, too, a later one is greater. */
export function sequenceNumber(sequence: number): string {
  return String(sequence).padStart(20, '0');
}

function chosenAttributes(all: AttributeValues, names: readonly string[]): AttributeValues {
  const isWanted = (name: string) =>
    names.some(
      (wanted) =>
        wanted === 'All' ||
        wanted === name ||
        (wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(all).filter(([name]) => isWanted(name)));
}

function chosenSystemAttributes(
  message: Message,
  names: readonly string[],
): Readonly<Record<string, string>> {
  const all = systemAttributes(message);
  return Object.fromEntries(
    Object.entries(all).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && (names.includes('All') || names.includes(entry[0])),
    ),
  );
}

function systemAttributes(message: Message): Readonly<Record<string, string | undefined>> {
  const { groupId, deduplicationId, sequence } = message;
  return {
    SenderId: senderId,
    SentTimestamp: String(message.sentAtMs),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs),
    AWSTraceHeader: message.traceHeader,
    DeadLetterQueueSourceArn: message.sourceArn,
    MessageGroupId: groupId,
    MessageDeduplicationId: deduplicationId,
    SequenceNumber: deduplicationId === undefined ? undefined : sequenceNumber(sequence),
  };
}
