// event-source/queue.ts: what a mapping asks of its queue: attributes, messages, deletions.
// Called by settings.ts, gather.ts and deliver.ts. In the words of SQS's JSON protocol.
import { mostPerCall, waitSeconds } from './limits.ts';

/** An action of SQS. `gone` ends a long poll: no message is taken then. */
export type SqsCall = (
  action: string,
  input: Readonly<Record<string, unknown>>,
  gone?: AbortSignal,
) => Promise<object>;

export interface QueueOf {
  readonly sqs: SqsCall;
  readonly queueUrl: string;
}

export interface QueueMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, QueueMessageAttribute>>;
  readonly MD5OfMessageAttributes?: string;
}

export interface QueueMessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export async function attributesOf(
  sqs: SqsCall,
  queueUrl: string,
): Promise<Readonly<Record<string, string>>> {
  const input = { QueueUrl: queueUrl, AttributeNames: ['VisibilityTimeout'] };
  const { Attributes = {} } = (await sqs('GetQueueAttributes', input)) as {
    Attributes?: Record<string, string>;
  };
  return Attributes;
}

/** Waits for messages as long as SQS lets it. @param most at least 1 */
export async function receive(
  { sqs, queueUrl }: QueueOf,
  most: number,
  gone: AbortSignal,
): Promise<QueueMessage[]> {
  const input = {
    QueueUrl: queueUrl,
    MaxNumberOfMessages: Math.min(most, mostPerCall),
    WaitTimeSeconds: waitSeconds,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  };
  const { Messages = [] } = (await sqs('ReceiveMessage', input, gone)) as {
    Messages?: QueueMessage[];
  };
  return Messages;
}

/** @returns what SQS would not delete: of a FIFO queue, what has become visible meanwhile */
export async function deleteAll(
  { sqs, queueUrl }: QueueOf,
  messages: readonly QueueMessage[],
): Promise<object[]> {
  const failed: object[] = [];
  for (let from = 0; from < messages.length; from += mostPerCall) {
    const some = messages.slice(from, from + mostPerCall);
    const Entries = some.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const { Failed = [] } = (await sqs('DeleteMessageBatch', { QueueUrl: queueUrl, Entries })) as {
      Failed?: object[];
    };
    failed.push(...Failed);
  }
  return failed;
}
