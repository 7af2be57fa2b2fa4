// lambda/concurrency-api.test.ts: reserved, account and provisioned concurrency, seen through AWS's SDK.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DeleteFunctionConcurrencyCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetFunctionConcurrencyCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  TooManyRequestsException,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holding, json, patience, startTestLambda, type TestLambda } from './test-kit.ts';

let lambda: TestLambda;

beforeEach(async () => {
  lambda = await startTestLambda({ accountConcurrency: 3 });
  lambda.define('hold', holding, { timeoutSeconds: 60 });
  lambda.define('other', holding, { timeoutSeconds: 60 });
});
afterEach(() => lambda.close());

const until = () => join(lambda.folder, 'go');
const letGo = () => writeFileSync(until(), '');

function invoke(FunctionName: string, Qualifier?: string) {
  const Payload = Buffer.from(JSON.stringify({ until: until() }));
  return lambda.client.send(new InvokeCommand({ FunctionName, Qualifier, Payload }));
}

/** Begins so many and waits until every one of them runs. */
async function begin(name: string, count: number, qualifier?: string) {
  const running = Array.from({ length: count }, () => invoke(name, qualifier));
  await expect
    .poll(
      () => lambda.environmentsOf(name).filter(({ state }) => state === 'busy').length,
      patience,
    )
    .toBe(count);
  return running;
}

async function refusalOf(request: Promise<unknown>) {
  const error = await request.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(TooManyRequestsException);
  expect(error.$metadata.httpStatusCode).toBe(429);
  expect(error.message).toBe('Rate Exceeded.');
  return error.Reason;
}

function reserve(FunctionName: string, ReservedConcurrentExecutions: number) {
  return lambda.client.send(
    new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }),
  );
}

test('concurrent invocations run in environments of their own', async () => {
  const running = await begin('hold', 3);
  letGo();
  const pids = (await Promise.all(running)).map((answer) => json(answer.Payload));
  expect(new Set(pids).size).toBe(3);
});

test('the account’s limit reached: 429 ConcurrentInvocationLimitExceeded', async () => {
  const running = [...(await begin('hold', 2)), ...(await begin('other', 1))];
  expect(await refusalOf(invoke('hold'))).toBe('ConcurrentInvocationLimitExceeded');
  letGo();
  await Promise.all(running);
  expect((await invoke('hold')).StatusCode).toBe(200);
});

test('a function’s reservation reached: 429 with a reason of its own', async () => {
  expect((await reserve('hold', 1)).ReservedConcurrentExecutions).toBe(1);
  const running = await begin('hold', 1);
  expect(await refusalOf(invoke('hold'))).toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
  letGo();
  await Promise.all(running);
});

test('a reservation is taken off what the others share', async () => {
  await reserve('hold', 2);
  const running = await begin('other', 1);
  expect(await refusalOf(invoke('other'))).toBe('ConcurrentInvocationLimitExceeded');
  running.push(...(await begin('hold', 2)));
  letGo();
  await Promise.all(running);
});

test('a reservation of zero stops a function', async () => {
  await reserve('hold', 0);
  expect(await refusalOf(invoke('hold'))).toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
});

test('a reservation can be looked at and deleted', async () => {
  const look = () =>
    lambda.client.send(new GetFunctionConcurrencyCommand({ FunctionName: 'hold' }));
  await reserve('hold', 0);
  expect((await look()).ReservedConcurrentExecutions).toBe(0);
  await lambda.client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'hold' }));
  expect((await look()).ReservedConcurrentExecutions).toBeUndefined();
  letGo();
  expect((await invoke('hold')).StatusCode).toBe(200);
});

test('more than the account has cannot be reserved: InvalidParameterValueException', async () => {
  await reserve('other', 2);
  const error = await reserve('hold', 2).catch((reason) => reason);
  expect(error.name).toBe('InvalidParameterValueException');
});

function provision(FunctionName: string, Qualifier: string, count: number) {
  return lambda.client.send(
    new PutProvisionedConcurrencyConfigCommand({
      FunctionName,
      Qualifier,
      ProvisionedConcurrentExecutions: count,
    }),
  );
}

const provisionedStatus = async () =>
  (
    await lambda.client.send(
      new GetProvisionedConcurrencyConfigCommand({ FunctionName: 'hold', Qualifier: '1' }),
    )
  ).Status;

test('$LATEST cannot have provisioned concurrency', async () => {
  const error = await provision('hold', '$LATEST', 1).catch((reason) => reason);
  expect(error.name).toBe('InvalidParameterValueException');
  expect(error.message).toMatch(/cannot be applied to unpublished function versions/);
});

test('provisioned environments are initialised ahead, so that no start is cold', async () => {
  await lambda.client.send(new PublishVersionCommand({ FunctionName: 'hold' }));
  expect((await provision('hold', '1', 2)).Status).toBe('IN_PROGRESS');
  await expect.poll(provisionedStatus, patience).toBe('READY');
  letGo();
  const result = await lambda.invoke('hold', JSON.stringify({ until: until() }), {
    qualifier: '1',
  });
  expect(result.isColdStart).toBe(false);
  expect(lambda.environmentsOf('hold')).toHaveLength(2);
});

test('what exceeds provisioned concurrency spills over to on-demand environments', async () => {
  lambda.define('type', 'async () => process.env.AWS_LAMBDA_INITIALIZATION_TYPE');
  await lambda.client.send(new PublishVersionCommand({ FunctionName: 'hold' }));
  await provision('hold', '1', 1);
  await expect.poll(provisionedStatus, patience).toBe('READY');
  const running = await begin('hold', 2, '1');
  const kinds = lambda.environmentsOf('hold').map(({ isProvisioned }) => isProvisioned);
  expect(kinds.sort()).toEqual([false, true]);
  letGo();
  await Promise.all(running);
  expect(json((await invoke('type')).Payload)).toBe('on-demand');
});

test('provisioned concurrency that is deleted leaves no environment', async () => {
  await lambda.client.send(new PublishVersionCommand({ FunctionName: 'hold' }));
  await provision('hold', '1', 2);
  await expect.poll(provisionedStatus, patience).toBe('READY');
  const config = { FunctionName: 'hold', Qualifier: '1' };
  await lambda.client.send(new DeleteProvisionedConcurrencyConfigCommand(config));
  await expect.poll(() => lambda.environmentsOf('hold'), patience).toEqual([]);
  await expect(provisionedStatus()).rejects.toThrow(/No Provisioned Concurrency Config/);
});
