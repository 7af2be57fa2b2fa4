// event-source/records.ts: messages as the event that a function gets, or as several when it is large.
// Called by deliver.ts. "Using Lambda with Amazon SQS": example message event.
import type { SQSRecord } from 'aws-lambda';
import { mostEventBytes } from './limits.ts';
import type { QueueMessage, QueueMessageAttribute } from './queue.ts';

export interface Batch {
  readonly messages: readonly QueueMessage[];
  /** JSON, at most 6 MB unless a single message has more. */
  readonly event: string;
}

/** In the order of the messages. */
export function batchesOf(messages: readonly QueueMessage[], queueArn: string): Batch[] {
  const batches: { messages: QueueMessage[]; records: string[]; bytes: number }[] = [];
  for (const message of messages) {
    const record = JSON.stringify(recordOf(message, queueArn));
    const bytes = Buffer.byteLength(record) + 1;
    let last = batches.at(-1);
    if (last === undefined || last.bytes + bytes > mostEventBytes) {
      last = { messages: [], records: [], bytes: '{"Records":[]}'.length };
      batches.push(last);
    }
    last.messages.push(message);
    last.records.push(record);
    last.bytes += bytes;
  }
  return batches.map(({ messages: some, records }) => ({
    messages: some,
    event: `{"Records":[${records.join(',')}]}`,
  }));
}

function recordOf(message: QueueMessage, queueArn: string): SQSRecord {
  const { MessageAttributes = {}, MD5OfMessageAttributes: md5 } = message;
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes as unknown as SQSRecord['attributes'],
    messageAttributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, value]) => [name, attributeOf(value)]),
    ),
    ...(md5 !== undefined && { md5OfMessageAttributes: md5 }),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}

/** The two lists are never filled: SQS reserves them for later. */
function attributeOf({ DataType, StringValue, BinaryValue }: QueueMessageAttribute) {
  return {
    stringValue: StringValue,
    binaryValue: BinaryValue,
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}
