// runtime/queue.ts: puts messages on an SQS queue and takes them off, by the JSON protocol.
// Loaded where a queue is configured: by orders/queue.client.ts and by chassis/queue-consumer.ts.
import { createAwsClient } from './aws-client.ts';
import type { AwsSettings } from './config.ts';

export interface QueueOptions {
  /** As SQS gives it; requests go to its host, or to AWS_ENDPOINT_URL_SQS. */
  url: string;
  timeoutMs: number;
  aws: AwsSettings;
}

export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
  /** Of this one delivery, for `remove`. */
  readonly receiptHandle: string;
}

/** Every method throws an Error when the queue refused, or did not answer in time. */
export interface Queue {
  /**
   * Resolves when the queue has all of them; after an Error it may have some, or all.
   * @param bodies 1 to 10, together at most 1 MiB
   */
  send(bodies: readonly string[]): Promise<void>;
  /** Up to 10 messages; waits for the first one up to 20 s. @param closing ends the wait, with its reason */
  receive(closing: AbortSignal): Promise<QueueMessage[]>;
  /** @param messages 0 to 10; one that is not removed comes again */
  remove(messages: readonly QueueMessage[]): Promise<void>;
  close(): Promise<void>;
}

const MOST_AT_ONCE = 10;
const WAIT_S = 20;

interface Received {
  Messages?: { MessageId: string; Body: string; ReceiptHandle: string }[];
  Failed?: unknown[];
}

export function createQueue({ url, timeoutMs, aws }: QueueOptions): Queue {
  const client = createAwsClient('sqs', aws.AWS_ENDPOINT_URL_SQS || new URL(url).origin, aws);

  async function call(action: string, input: object, signal: AbortSignal): Promise<Received> {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
    };
    const body = JSON.stringify({ QueueUrl: url, ...input });
    const { status, text } = await client.post({ path: '/', headers, body, signal });
    const answer: Received = status === 200 ? JSON.parse(text) : {};
    // A batch may be taken in part, with a 200.
    if (status !== 200 || (answer.Failed ?? []).length > 0)
      throw new Error(`${url} answered ${status}: ${text}`);
    return answer;
  }
  const inTime = (waitMs = 0) => AbortSignal.timeout(timeoutMs + waitMs);

  return {
    async send(bodies) {
      const Entries = bodies.map((MessageBody, at) => ({ Id: String(at), MessageBody }));
      await call('SendMessageBatch', { Entries }, inTime());
    },
    async receive(closing) {
      const asked = { MaxNumberOfMessages: MOST_AT_ONCE, WaitTimeSeconds: WAIT_S };
      const signal = AbortSignal.any([closing, inTime(WAIT_S * 1000)]);
      const { Messages = [] } = await call('ReceiveMessage', asked, signal);
      return Messages.map(({ MessageId, Body, ReceiptHandle }) => ({
        ...{ messageId: MessageId, body: Body, receiptHandle: ReceiptHandle },
      }));
    },
    async remove(messages) {
      if (messages.length === 0) return;
      const Entries = messages.map(({ receiptHandle }, at) => ({
        ...{ Id: String(at), ReceiptHandle: receiptHandle },
      }));
      await call('DeleteMessageBatch', { Entries }, inTime());
    },
    close: client.close,
  };
}
