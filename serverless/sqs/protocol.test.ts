// sqs/protocol.test.ts: AWS JSON 1.0 on the wire: headers, statuses, and what is no proper request.
import * as sdk from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { actions } from './actions.ts';
import { modelledErrors } from './errors.ts';
import { makeQueue, receiveBodies, send, startLab } from './test-kit.ts';

/** As curl would: unsigned. */
async function post(url: string, target: string | undefined, body: string) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      ...(target !== undefined && { 'x-amz-target': target }),
    },
    body,
  });
  const { status, headers } = response;
  return { status, headers, json: (await response.json()) as Record<string, string> };
}

test('an answer is AWS JSON 1.0 with a request id; the request need not be signed', async () => {
  const { server } = await startLab();
  const { status, headers, json } = await post(
    server.url,
    'AmazonSQS.CreateQueue',
    '{"QueueName":"orders"}',
  );
  expect(status).toBe(200);
  expect(json).toEqual({ QueueUrl: `${server.url}/000000000000/orders` });
  expect(headers.get('content-type')).toBe('application/x-amz-json-1.0');
  expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
});

test('an error has its modelled name in __type and its old code in x-amzn-query-error', async () => {
  const { server } = await startLab();
  const { status, headers, json } = await post(
    server.url,
    'AmazonSQS.GetQueueUrl',
    '{"QueueName":"gone"}',
  );
  expect(status).toBe(400);
  expect(headers.get('x-amzn-query-error')).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender');
  expect(json).toEqual({
    __type: 'com.amazonaws.sqs#QueueDoesNotExist',
    message: 'The specified queue does not exist.',
  });
});

test.each([
  ['an unknown action', 'AmazonSQS.BrewTea', '{}', 400, 'InvalidAction', 'BrewTea'],
  ['an action of another service', 'DynamoDB_20120810.GetItem', '{}', 400, 'InvalidAction', 'Get'],
  ['no action', undefined, '{}', 400, 'InvalidAction', 'X-Amz-Target'],
  ['broken JSON', 'AmazonSQS.ListQueues', '{"a":', 400, 'SerializationException', 'JSON'],
  ['JSON that is no object', 'AmazonSQS.ListQueues', '[]', 400, 'SerializationException', 'object'],
  ['a missing parameter', 'AmazonSQS.CreateQueue', '{}', 400, 'MissingParameter', 'QueueName'],
  [
    'a parameter of another type',
    'AmazonSQS.CreateQueue',
    '{"QueueName":7}',
    400,
    'InvalidParameterValue',
    'QueueName',
  ],
  [
    'an address that is no queue',
    'AmazonSQS.PurgeQueue',
    '{"QueueUrl":"orders"}',
    404,
    'InvalidAddress',
    'orders',
  ],
])('%s is refused with a sentence', async (_what, target, body, status, code, words) => {
  const { server } = await startLab();
  const answer = await post(server.url, target, body);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('x-amzn-query-error')).toBe(`${code};Sender`);
  expect(answer.json.message).toContain(words);
});

test('a request of more than 8 MiB is refused, and the connection serves on', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab);
  const huge = JSON.stringify({ QueueUrl: queue, MessageBody: 'x'.repeat(8 * 1_048_576) });
  const { status, json } = await post(lab.server.url, 'AmazonSQS.SendMessage', huge);
  expect([status, json.message]).toEqual([413, 'The request body is too large.']);
  await send(lab, queue, 'tea');
});

test('only the path of a queue URL counts: it may name another port', async () => {
  const lab = await startLab();
  const queue = await makeQueue(lab);
  await send(lab, queue.replace(/:\d+/, ':1'), 'tea');
  expect(await receiveBodies(lab, queue)).toEqual(['tea']);
});

test('a port that is taken stops the start', async () => {
  const { server } = await startLab();
  await expect(startLab({ port: server.port })).rejects.toThrow('EADDRINUSE');
});

/** [.., name, traits, ..] of an operation or an error, as the SDK was generated from AWS's model. */
type Schema = readonly [kind: number, namespace: string, name: string, traits: Traits];
type Traits = { readonly awsQueryError?: [code: string, status: number]; httpError?: number };
const model = sdk as unknown as Readonly<Record<string, Schema>>;

test.each(Object.entries(modelledErrors))(
  '%s has the status and the code of AWS’s model',
  (name, [status, queryCode]) => {
    const { awsQueryError, httpError } = model[`${name}$`]?.[3] ?? {};
    // Where the model says nothing, an error of the client is a 400 and its name is the code.
    expect([httpError ?? 400, awsQueryError?.[0] ?? name]).toEqual([status, queryCode]);
  },
);

test('of the actions in AWS’s model only the two about permissions are not there', () => {
  const commands = Object.keys(sdk).filter((name) => /^[A-Z]\w+Command$/.test(name));
  const names = commands.map((name) => name.replace(/Command$/, ''));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !actions.has(name))).toEqual(['AddPermission', 'RemovePermission']);
  expect([...actions.keys()].filter((name) => !names.includes(name))).toEqual([]);
});
