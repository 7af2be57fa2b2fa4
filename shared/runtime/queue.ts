// runtime/queue.ts: puts messages on an SQS queue, by the JSON protocol.
// Loaded by orders/queue.client.ts when a queue is configured.
import { createAwsClient } from './aws-client.ts';
import type { AwsSettings } from './config.ts';

export interface QueueOptions {
  /** As SQS gives it; requests go to its host. */
  url: string;
  timeoutMs: number;
  aws: AwsSettings;
}

export interface Queue {
  /**
   * Resolves when the queue has all of them.
   * @param bodies 1 to 10, together at most 1 MiB
   * @throws Error when it refused, or did not answer in time: it may have some of them, or all
   */
  send(bodies: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const headers = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'AmazonSQS.SendMessageBatch',
};

export function createQueue({ url, timeoutMs, aws }: QueueOptions): Queue {
  const client = createAwsClient('sqs', new URL(url).origin, aws);
  return {
    async send(bodies) {
      const Entries = bodies.map((MessageBody, at) => ({ Id: String(at), MessageBody }));
      const body = JSON.stringify({ QueueUrl: url, Entries });
      const signal = AbortSignal.timeout(timeoutMs);
      const { status, text } = await client.post({ path: '/', headers, body, signal });
      // A batch may be taken in part, with a 200.
      const { Failed = [] } = status === 200 ? JSON.parse(text) : {};
      if (status !== 200 || Failed.length > 0)
        throw new Error(`${url} answered ${status}: ${text}`);
    },
    close: client.close,
  };
}
