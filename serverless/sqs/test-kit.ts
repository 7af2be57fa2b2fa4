// sqs/test-kit.ts: a server of its own for each test, spoken to by the real AWS SDK.
// Used by the tests beside it.
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  type QueueAttributeName,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, onTestFinished } from 'vitest';
import { type SqsOptions, type SqsServer, startSqs } from './server.ts';

export interface Lab {
  readonly server: SqsServer;
  readonly client: SQSClient;
  /** Stands still until a test moves it. */
  readonly clock: { ms: number };
}

/** Gone when the test is over. */
export async function startLab(options: Partial<SqsOptions> = {}): Promise<Lab> {
  const clock = { ms: Date.UTC(2026, 10, 25, 9) };
  const server = await startSqs({
    port: 0,
    host: '127.0.0.1',
    now: () => clock.ms,
    ...options,
  });
  const client = clientOf(server.url);
  onTestFinished(async () => {
    client.destroy();
    await server.close();
  });
  return { server, client, clock };
}

// One long warning a test file about the Node of next year: said once, in docs/local-cloud.md.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** Asks once: a test wants to see the first answer. */
export function clientOf(endpoint: string): SQSClient {
  return new SQSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'anybody', secretAccessKey: 'anything' },
    maxAttempts: 1,
  });
}

type Attributes = Partial<Record<QueueAttributeName, string>>;

/** @returns the URL of a queue named `name` */
export async function makeQueue(
  { client }: Pick<Lab, 'client'>,
  name = 'orders',
  attributes: Attributes = {},
): Promise<string> {
  const command = new CreateQueueCommand({
    QueueName: name,
    Attributes: { ...(name.endsWith('.fifo') && { FifoQueue: 'true' }), ...attributes },
  });
  const { QueueUrl = '' } = await client.send(command);
  return QueueUrl;
}

/** With a dead-letter queue `dead` (`dead.fifo`) behind it. */
export async function makeQueueWithDeadLetters(
  lab: Pick<Lab, 'client'>,
  { maxReceiveCount = 1, suffix = '', attributes = {} as Attributes } = {},
): Promise<{ queue: string; dead: string; queueArn: string; deadArn: string }> {
  const dead = await makeQueue(lab, `dead${suffix}`);
  const deadArn = await attributeOf(lab, dead, 'QueueArn');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount });
  const queue = await makeQueue(lab, `orders${suffix}`, { ...attributes, RedrivePolicy });
  return { queue, dead, deadArn, queueArn: await attributeOf(lab, queue, 'QueueArn') };
}

type SendOptions = Omit<SendMessageCommandInput, 'QueueUrl' | 'MessageBody'>;

export function send(
  { client }: Pick<Lab, 'client'>,
  QueueUrl: string,
  MessageBody: string,
  options: SendOptions = {},
) {
  return client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...options }));
}

/** To a FIFO queue; the body is the deduplication id. */
export function sendInGroup(lab: Lab, queue: string, group: string, body: string) {
  return send(lab, queue, body, { MessageGroupId: group, MessageDeduplicationId: body });
}

/** In batches of ten. */
export async function sendAll({ client }: Lab, QueueUrl: string, bodies: readonly string[]) {
  for (let from = 0; from < bodies.length; from += 10) {
    const entries = bodies.slice(from, from + 10);
    await client.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: entries.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
      }),
    );
  }
}

type ReceiveOptions = Omit<ReceiveMessageCommandInput, 'QueueUrl'>;

/** Up to ten messages, without waiting, unless the options say otherwise. */
export async function receive(
  { client }: Pick<Lab, 'client'>,
  QueueUrl: string,
  options: ReceiveOptions = {},
): Promise<Message[]> {
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...options });
  const { Messages = [] } = await client.send(command);
  return Messages;
}

export async function receiveBodies(
  lab: Pick<Lab, 'client'>,
  queue: string,
  options?: ReceiveOptions,
): Promise<(string | undefined)[]> {
  return (await receive(lab, queue, options)).map(({ Body }) => Body);
}

/** @throws Error when there is none */
export async function receiveOne(
  lab: Pick<Lab, 'client'>,
  queue: string,
  options: ReceiveOptions = {},
): Promise<Message> {
  const [message] = await receive(lab, queue, { MaxNumberOfMessages: 1, ...options });
  if (message === undefined) throw new Error('There was no message.');
  return message;
}

export async function attributesOf(
  { client }: Pick<Lab, 'client'>,
  QueueUrl: string,
): Promise<Attributes> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  return (await client.send(command)).Attributes ?? {};
}

export async function attributeOf(
  lab: Pick<Lab, 'client'>,
  queue: string,
  name: QueueAttributeName,
): Promise<string> {
  return (await attributesOf(lab, queue))[name] ?? '';
}

/** How the SDK reports a refusal, for `rejects.toMatchObject`. */
export function refusal(name: string, status: number, words = '') {
  return {
    name,
    message: expect.stringContaining(words),
    $metadata: expect.objectContaining({ httpStatusCode: status }),
  };
}

/** Until `look` says yes; a test that waits in vain ends by its own limit. */
export async function until(look: () => boolean): Promise<void> {
  while (!look()) await new Promise((resolve) => setImmediate(resolve));
}
