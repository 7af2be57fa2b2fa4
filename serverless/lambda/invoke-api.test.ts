// lambda/invoke-api.test.ts: what AWS documents of the operation Invoke, seen through AWS's own SDK.
import {
  InvalidRequestContentException,
  InvokeCommand,
  type InvokeCommandInput,
  RequestTooLargeException,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { json, patience, startTestLambda, type TestLambda } from './test-kit.ts';

let lambda: TestLambda;

beforeAll(async () => {
  lambda = await startTestLambda();
  lambda.define('echo', 'async (event, context) => ({ event, context })', { memorySizeMb: 256 });
  lambda.define('fail', "async () => { throw new TypeError('no such tea'); }");
  lambda.define('chatty', "async () => { console.log('x'.repeat(9000)); console.log('the end'); }");
});
afterAll(() => lambda.close());

function invoke(FunctionName: string, more: Partial<InvokeCommandInput> = {}) {
  return lambda.client.send(new InvokeCommand({ FunctionName, ...more }));
}

test('RequestResponse is the default: 200 with what the handler returned, as JSON', async () => {
  const answer = await invoke('echo', { Payload: Buffer.from('{"tea":"Assam"}') });
  expect(answer.StatusCode).toBe(200);
  expect(answer.FunctionError).toBeUndefined();
  expect(json(answer.Payload)).toMatchObject({ event: { tea: 'Assam' } });
});

test('the answer names the version that was executed', async () => {
  expect((await invoke('echo')).ExecutedVersion).toBe('$LATEST');
});

test('without a payload the event is an empty object', async () => {
  expect(json((await invoke('echo')).Payload)).toMatchObject({ event: {} });
});

test('the context carries what the documentation lists, for this very request', async () => {
  const answer = await invoke('echo');
  expect(json(answer.Payload)).toMatchObject({
    context: {
      awsRequestId: answer.$metadata.requestId,
      functionName: 'echo',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:echo',
      memoryLimitInMB: '256',
      logGroupName: '/aws/lambda/echo',
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    },
  });
});

test.each([
  'echo:$LATEST',
  '000000000000:function:echo',
  'arn:aws:lambda:us-east-1:000000000000:function:echo',
  'arn:aws:lambda:us-east-1:000000000000:function:echo:$LATEST',
])('a function may be named as %s', async (name) => {
  expect((await invoke(name)).StatusCode).toBe(200);
});

test('DryRun answers 204 and runs nothing', async () => {
  const before = lambda.lines('echo').length;
  expect((await invoke('echo', { InvocationType: 'DryRun' })).StatusCode).toBe(204);
  expect(lambda.lines('echo')).toHaveLength(before);
});

test('Event answers 202 at once without a payload, and the function runs later', async () => {
  lambda.define('later', "async ({ tea }) => console.log('brewing ' + tea)");
  const answer = await invoke('later', {
    InvocationType: 'Event',
    Payload: Buffer.from('{"tea":"Sencha"}'),
  });
  expect(answer.StatusCode).toBe(202);
  expect(answer.Payload ?? []).toHaveLength(0);
  await expect.poll(() => lambda.lines('later').join('\n'), patience).toMatch(/brewing Sencha/);
});

test('LogType Tail returns the log from START to REPORT, base64', async () => {
  const { LogResult = '' } = await invoke('echo', { LogType: 'Tail' });
  const log = Buffer.from(LogResult, 'base64').toString('utf8');
  expect(log).toMatch(/^START RequestId: \S+ Version: \$LATEST\n/);
  expect(log).toMatch(/\nEND RequestId: \S+\nREPORT RequestId: .* MB\t(Init Duration.*)?\n$/);
});

test('LogType Tail returns the last 4 KB only', async () => {
  const { LogResult = '' } = await invoke('chatty', { LogType: 'Tail' });
  const log = Buffer.from(LogResult, 'base64');
  expect(log).toHaveLength(4096);
  expect(log.toString('utf8')).toMatch(/^x.*the end.*REPORT/s);
});

test('what a function prints right before it answers is in its tail, every time', async () => {
  lambda.define('last-word', "async ({ word }) => process.stdout.write(word + '\\n')");
  for (let number = 0; number < 100; number += 1) {
    const { logTail } = await lambda.invoke('last-word', JSON.stringify({ word: `w${number}` }));
    expect(logTail).toContain(`\nw${number}\n`);
  }
});

test('without LogType no log is returned', async () => {
  expect((await invoke('echo')).LogResult).toBeUndefined();
});

test('a handler that throws: still 200, FunctionError Unhandled, type, message and trace', async () => {
  const answer = await invoke('fail');
  expect(answer.StatusCode).toBe(200);
  expect(answer.FunctionError).toBe('Unhandled');
  expect(json(answer.Payload)).toEqual({
    errorType: 'TypeError',
    errorMessage: 'no such tea',
    trace: expect.arrayContaining([expect.stringMatching(/^TypeError: no such tea/)]),
  });
});

test('a function that does not exist: ResourceNotFoundException with its ARN', async () => {
  const error = await invoke('nobody').catch((reason) => reason);
  expect(error).toBeInstanceOf(ResourceNotFoundException);
  expect(error.$metadata.httpStatusCode).toBe(404);
  expect(error.message).toBe(
    'Function not found: arn:aws:lambda:us-east-1:000000000000:function:nobody',
  );
  expect(error.Type).toBe('User');
});

test('a qualifier that does not exist: ResourceNotFoundException', async () => {
  await expect(invoke('echo', { Qualifier: '7' })).rejects.toThrow(ResourceNotFoundException);
});

test('a payload that is no JSON: InvalidRequestContentException, 400', async () => {
  const error = await invoke('echo', { Payload: Buffer.from('{"tea":') }).catch((reason) => reason);
  expect(error).toBeInstanceOf(InvalidRequestContentException);
  expect(error.$metadata.httpStatusCode).toBe(400);
  expect(error.message).toMatch(/^Could not parse request body into json/);
});

const jsonOf = (bytes: number) => Buffer.from(`"${'x'.repeat(bytes - 2)}"`);

test('a synchronous payload may have 6 MB', async () => {
  lambda.define('length', 'async (event) => event.length');
  const answer = await invoke('length', { Payload: jsonOf(6_291_456) });
  expect(json(answer.Payload)).toBe(6_291_454);
});

test('a larger synchronous payload: RequestTooLargeException, 413', async () => {
  const error = await invoke('echo', { Payload: jsonOf(6_291_457) }).catch((reason) => reason);
  expect(error).toBeInstanceOf(RequestTooLargeException);
  expect(error.$metadata.httpStatusCode).toBe(413);
});

test('an asynchronous payload may have 1 MB, and no more', async () => {
  const event = { InvocationType: 'Event' } as const;
  expect((await invoke('chatty', { ...event, Payload: jsonOf(1_048_576) })).StatusCode).toBe(202);
  await expect(invoke('chatty', { ...event, Payload: jsonOf(1_048_577) })).rejects.toThrow(
    RequestTooLargeException,
  );
});

test('a response above 6 MB: FunctionError with Function.ResponseSizeTooLarge', async () => {
  lambda.define('wordy', "async ({ bytes }) => 'x'.repeat(bytes - 2)");
  const most = await invoke('wordy', { Payload: Buffer.from('{"bytes":6291456}') });
  expect(most.FunctionError).toBeUndefined();
  const answer = await invoke('wordy', { Payload: Buffer.from('{"bytes":6291557}') });
  expect(answer.FunctionError).toBe('Unhandled');
  expect(json(answer.Payload)).toEqual({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
  });
});

test('the client context reaches the handler', async () => {
  const ClientContext = Buffer.from('{"custom":{"shop":"tea"}}').toString('base64');
  const answer = await invoke('echo', { ClientContext });
  expect(json(answer.Payload)).toMatchObject({
    context: { clientContext: { custom: { shop: 'tea' } } },
  });
});

test('a client context that fits reaches the handler in any alphabet; a longer one is refused', async () => {
  const contextOf = (tea: string) => Buffer.from(JSON.stringify({ tea })).toString('base64');
  const most = 'é'.repeat(1300);
  const answer = await invoke('echo', { ClientContext: contextOf(most) });
  expect(json(answer.Payload)).toMatchObject({ context: { clientContext: { tea: most } } });
  const error = await invoke('echo', { ClientContext: contextOf('é'.repeat(3000)) }).catch(
    (e) => e,
  );
  expect(error.name).toBe('InvalidParameterValueException');
});

test('a name that cannot be decoded is refused with 400', async () => {
  const url = `${lambda.url}/2015-03-31/functions/%E0%A4%A/invocations`;
  const response = await fetch(url, { method: 'POST', body: '{}' });
  expect(response.status).toBe(400);
});

test('an invocation type that does not exist: InvalidParameterValueException', async () => {
  const error = await invoke('echo', { InvocationType: 'Perhaps' as 'Event' }).catch((e) => e);
  expect(error.name).toBe('InvalidParameterValueException');
});

test('an operation that this service does not offer is refused with 404', async () => {
  const response = await fetch(`${lambda.url}/2015-03-31/event-source-mappings/`);
  expect(response.status).toBe(404);
  expect(response.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
});
