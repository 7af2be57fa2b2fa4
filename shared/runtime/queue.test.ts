// runtime/queue.test.ts: what goes to a queue and comes from one, and when it counts as delivered.
// Run by vitest; the queue's server is a function.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createQueue, type Queue } from './queue.ts';

let server: Server;
let queue: Queue;
let url: string;
let seen: { headers: IncomingHttpHeaders; body: unknown }[];
let answer: readonly [status: number, body: unknown] | undefined;

beforeEach(async () => {
  [seen, answer] = [[], [200, { Successful: [] }]];
  server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    seen.push({ headers: request.headers, body: JSON.parse(text) });
    if (answer !== undefined) response.writeHead(answer[0]).end(JSON.stringify(answer[1]));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/000000000000/events`;
  queue = createQueue({ url, timeoutMs: 2000, aws });
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await queue.close();
});

const aws = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: '',
  AWS_ENDPOINT_URL_LAMBDA: '',
  AWS_ENDPOINT_URL_SQS: '',
};

test('messages go as one signed batch', async () => {
  await queue.send(['a', 'b']);
  expect(seen).toHaveLength(1);
  expect(seen[0]?.headers).toMatchObject({
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'AmazonSQS.SendMessageBatch',
    authorization: expect.stringMatching(
      /Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/sqs\/aws4_request/,
    ),
  });
  expect(seen[0]?.body).toEqual({
    QueueUrl: url,
    Entries: [
      { Id: '0', MessageBody: 'a' },
      { Id: '1', MessageBody: 'b' },
    ],
  });
});

test.each([
  ['was refused', [400, { __type: 'com.amazonaws.sqs#QueueDoesNotExist' }], 'QueueDoesNotExist'],
  ['was taken in part', [200, { Failed: [{ Id: '1', Code: 'InternalError' }] }], 'InternalError'],
  ['was not answered', undefined, 'timeout'],
] as const)('a batch that %s is not delivered', async (_how, given, words) => {
  answer = given;
  await expect(queue.send(['a', 'b'])).rejects.toThrow(words);
});

test('messages are waited for, up to ten of them, and removed by their receipts', async () => {
  const Messages = [{ MessageId: '1', Body: 'a', ReceiptHandle: 'r1' }];
  answer = [200, { Messages }];
  const received = await queue.receive(new AbortController().signal);
  expect(received).toEqual([{ messageId: '1', body: 'a', receiptHandle: 'r1' }]);
  answer = [200, { Successful: [{ Id: '0' }] }];
  await queue.remove(received);
  expect(seen.map(({ body }) => body)).toEqual([
    { QueueUrl: url, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 },
    { QueueUrl: url, Entries: [{ Id: '0', ReceiptHandle: 'r1' }] },
  ]);
});

test('nothing to remove is nothing to ask', async () => {
  await queue.remove([]);
  expect(seen).toEqual([]);
});

test('waiting ends at once when whoever waits closes', async () => {
  answer = undefined;
  const closing = new AbortController();
  const waiting = queue.receive(closing.signal);
  closing.abort(new Error('closed'));
  await expect(waiting).rejects.toThrow('closed');
});

test('AWS_ENDPOINT_URL_SQS stands in for the host of the queue', async () => {
  const { origin } = new URL(url);
  const settings = { ...aws, AWS_ENDPOINT_URL_SQS: origin };
  const far = 'https://sqs.eu-west-1.amazonaws.com/000000000000/events';
  const elsewhere = createQueue({ url: far, timeoutMs: 2000, aws: settings });
  await elsewhere.send(['a']);
  await elsewhere.close();
  expect(seen[0]?.body).toMatchObject({ QueueUrl: far });
});
