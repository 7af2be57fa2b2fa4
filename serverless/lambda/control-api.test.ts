// lambda/control-api.test.ts: functions and their versions, seen through AWS's SDK.
import {
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  ResourceNotFoundException,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { json, patience, startTestLambda, type TestLambda } from './test-kit.ts';

let lambda: TestLambda;

beforeEach(async () => {
  lambda = await startTestLambda();
  lambda.define('price', "async () => 'first'", {
    memorySizeMb: 512,
    timeoutSeconds: 7,
    environment: { SHOP: 'tea' },
    reservedConcurrency: 5,
  });
});
afterEach(() => lambda.close());

const publish = () => lambda.client.send(new PublishVersionCommand({ FunctionName: 'price' }));
const invoke = async (Qualifier?: string) => {
  const command = new InvokeCommand({ FunctionName: 'price', Qualifier });
  const { Payload, ExecutedVersion } = await lambda.client.send(command);
  return [json(Payload), ExecutedVersion];
};

test('GetFunctionConfiguration shows the settings of $LATEST', async () => {
  const command = new GetFunctionConfigurationCommand({ FunctionName: 'price' });
  expect(await lambda.client.send(command)).toMatchObject({
    FunctionName: 'price',
    FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:price',
    Version: '$LATEST',
    Runtime: expect.stringMatching(/^nodejs\d+\.x$/),
    Handler: 'handler.handler',
    MemorySize: 512,
    Timeout: 7,
    State: 'Active',
    Environment: { Variables: { SHOP: 'tea' } },
  });
});

test('GetFunction shows the reservation, too', async () => {
  const answer = await lambda.client.send(new GetFunctionCommand({ FunctionName: 'price' }));
  expect(answer.Concurrency?.ReservedConcurrentExecutions).toBe(5);
});

test('ListFunctions names every function, by name', async () => {
  lambda.define('brew', 'async () => 1');
  const { Functions = [] } = await lambda.client.send(new ListFunctionsCommand({}));
  expect(Functions.map(({ FunctionName }) => FunctionName)).toEqual(['brew', 'price']);
});

test('PublishVersion numbers from 1, and the ARN names the version', async () => {
  const version = await publish();
  expect(version.Version).toBe('1');
  expect(version.FunctionArn).toMatch(/:function:price:1$/);
});

test('PublishVersion makes no new version when the code has not changed', async () => {
  await publish();
  expect((await publish()).Version).toBe('1');
});

test('a published version is immutable: new code is in $LATEST only', async () => {
  await publish();
  lambda.updateCode('price', lambda.code("async () => 'second'"));
  expect(await invoke('1')).toEqual(['first', '1']);
  expect(await invoke()).toEqual(['second', '$LATEST']);
  expect((await publish()).Version).toBe('2');
  expect(await invoke('2')).toEqual(['second', '2']);
});

test('ListVersionsByFunction shows $LATEST and what was published', async () => {
  await publish();
  const command = new ListVersionsByFunctionCommand({ FunctionName: 'price' });
  const { Versions = [] } = await lambda.client.send(command);
  expect(Versions.map(({ Version }) => Version)).toEqual(['$LATEST', '1']);
});

test('DeleteFunction: afterwards there is no function and no environment', async () => {
  await invoke();
  await lambda.client.send(new DeleteFunctionCommand({ FunctionName: 'price' }));
  await expect(invoke()).rejects.toThrow(ResourceNotFoundException);
  await expect.poll(() => lambda.environmentsOf('price'), patience).toEqual([]);
});

test('a name that is taken: ResourceConflictException', () => {
  expect(() => lambda.define('price', 'async () => 1')).toThrow(
    expect.objectContaining({ type: 'ResourceConflictException', status: 409 }),
  );
});

const unfit = [
  ['a name with a space', { name: 'tea pot' }],
  ['too little memory', { memorySizeMb: 64 }],
  ['too much time', { timeoutSeconds: 901 }],
  ['a third retry', { maximumRetryAttempts: 3 }],
  ['an environment variable that is reserved', { environment: { AWS_REGION: 'mars' } }],
  ['environment variables above 4 KB', { environment: { TEA: 'x'.repeat(4096) } }],
  ['more concurrency than the account has', { reservedConcurrency: 1000 }],
] as const;

test.each(unfit)('%s is refused: InvalidParameterValueException', (_, config) => {
  expect(() => lambda.define('tea', 'async () => 1', config)).toThrow(
    expect.objectContaining({ type: 'InvalidParameterValueException', status: 400 }),
  );
  expect(() => lambda.define('tea', 'async () => 1')).not.toThrow();
});

const update = (ZipFile: Uint8Array, more: object = {}) =>
  lambda.client.send(new UpdateFunctionCodeCommand({ FunctionName: 'price', ZipFile, ...more }));
const zipOf = (source: string, name = 'handler.mjs') => zipSync({ [name]: strToU8(source) });

test('UpdateFunctionCode has the next invocation run the zip, and publishes it if asked to', async () => {
  expect(await invoke()).toEqual(['first', '$LATEST']);
  const second = await update(zipOf("export const handler = async () => 'second';"));
  expect(second).toMatchObject({ Version: '$LATEST', LastUpdateStatus: 'Successful' });
  expect(await invoke()).toEqual(['second', '$LATEST']);
  const third = zipOf("export const handler = async () => 'third';");
  expect(await update(third, { Publish: true })).toMatchObject({ Version: '1' });
  expect(await invoke('1')).toEqual(['third', '1']);
});

test.each<[string, Uint8Array, object, RegExp]>([
  ['what is no zip', strToU8('not a zip'), {}, /Could not unzip/],
  ['a zip of nothing', zipSync({}), {}, /empty/],
  ['a way out of the folder', zipOf('1', '../handler.mjs'), {}, /lies outside/],
  [
    'a bucket',
    strToU8(''),
    { ZipFile: undefined, S3Bucket: 'a', S3Key: 'b' },
    /ZipFile is missing/,
  ],
  ['a function that is not there', zipOf('1'), { FunctionName: 'none' }, /not found/i],
])('UpdateFunctionCode refuses %s, and what runs stays', async (_, zip, more, sentence) => {
  await expect(update(zip, more)).rejects.toThrow(sentence);
  expect(await invoke()).toEqual(['first', '$LATEST']);
});
