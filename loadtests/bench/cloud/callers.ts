// cloud/callers.ts: two ways to ask the local SQS: the bare protocol, and AWS's own SDK.
// Used by queue-arms.ts: what the SDK costs its user is not what the queue costs.
import {
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { Pool } from 'undici';

export interface Received {
  readonly Messages?: readonly { readonly ReceiptHandle?: string | undefined }[] | undefined;
}

/** What a message goes through, with the names and members of AWS's API. */
export interface Caller {
  send(queueUrl: string, body: string): Promise<unknown>;
  sendTen(queueUrl: string, body: string): Promise<unknown>;
  /** @param most 1–10 */
  receive(queueUrl: string, most: number): Promise<Received>;
  remove(queueUrl: string, received: Received): Promise<unknown>;
  close(): Promise<void>;
}

const ids = Array.from({ length: 10 }, (_, at) => String(at));
const entriesOf = (body: string) => ids.map((Id) => ({ Id, MessageBody: body }));
const handlesOf = ({ Messages = [] }: Received) =>
  Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));

/** Keep-alive connections and JSON, no signatures. @throws Error for an answer that is not 200 */
export function rawCaller(url: string, connections: number): Caller {
  const pool = new Pool(url, { connections });
  async function call(action: string, input: object): Promise<object> {
    const { statusCode, body } = await pool.request({
      path: '/',
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AmazonSQS.${action}`,
      },
      body: JSON.stringify(input),
    });
    const answer = (await body.json()) as object;
    if (statusCode !== 200) throw new Error(`${action}: ${JSON.stringify(answer)}`);
    return answer;
  }
  return {
    send: (QueueUrl, MessageBody) => call('SendMessage', { QueueUrl, MessageBody }),
    sendTen: (QueueUrl, body) => call('SendMessageBatch', { QueueUrl, Entries: entriesOf(body) }),
    receive: (QueueUrl, most) => call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: most }),
    remove(QueueUrl, received) {
      const [first, ...more] = handlesOf(received);
      if (more.length === 0)
        return call('DeleteMessage', { QueueUrl, ReceiptHandle: first?.ReceiptHandle });
      return call('DeleteMessageBatch', { QueueUrl, Entries: handlesOf(received) });
    },
    close: () => pool.close(),
  };
}

/** Version 3, as an application has it. */
export function sdkCaller(endpoint: string): Caller {
  const client = new SQSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    send: (QueueUrl, MessageBody) => client.send(new SendMessageCommand({ QueueUrl, MessageBody })),
    sendTen: (QueueUrl, body) =>
      client.send(new SendMessageBatchCommand({ QueueUrl, Entries: entriesOf(body) })),
    receive: (QueueUrl, most) =>
      client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: most })),
    remove(QueueUrl, received) {
      const [first, ...more] = handlesOf(received);
      if (more.length === 0)
        return client.send(
          new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }),
        );
      const Entries = handlesOf(received);
      return client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    },
    close: async () => client.destroy(),
  };
}
