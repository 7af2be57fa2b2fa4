// lambda/invoke-api.ts: the operation Invoke over HTTP, as AWS's API reference describes it.
// Given to api-server.ts by lambda.ts.
import type { ApiAnswer, ApiRequest, Operation } from './api-server.ts';
import type { AsyncInvoke } from './async-invoke.ts';
import { invalidParameter, invalidRequestContent, requestTooLarge } from './errors.ts';
import type { Functions } from './functions.ts';
import type { Invoke, InvokeOptions } from './invoke.ts';
import { maxAsyncPayloadBytes, maxClientContextBytes, maxSyncPayloadBytes } from './limits.ts';

export interface InvokeApiServices {
  readonly functions: Functions;
  readonly invoke: Invoke;
  readonly asyncInvoke: AsyncInvoke;
}

export function invokeOperation(services: InvokeApiServices): Operation {
  return {
    method: 'POST',
    path: '/2015-03-31/functions/{name}/invocations',
    handle: (request) => handleInvoke(request, services),
  };
}

async function handleInvoke(
  request: ApiRequest,
  { functions, invoke, asyncInvoke }: InvokeApiServices,
): Promise<ApiAnswer> {
  const { name, headers } = request;
  const options = optionsOf(request);
  functions.find(name, options.qualifier);
  const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
  switch (type) {
    case 'DryRun':
      return { status: 204 };
    case 'Event':
      asyncInvoke.accept(name, payloadOf(request, type, maxAsyncPayloadBytes), {
        ...options,
        // "Invoke": the client context reaches the function in synchronous invocations only.
        clientContext: undefined,
      });
      return { status: 202 };
    case 'RequestResponse':
      return answerOf(
        await invoke(name, payloadOf(request, type, maxSyncPayloadBytes), options),
        headers['x-amz-log-type'] === 'Tail',
      );
    default:
      throw invalidParameter(`There is no invocation type ${type}.`);
  }
}

function answerOf(result: Awaited<ReturnType<Invoke>>, withTail: boolean): ApiAnswer {
  const headers: Record<string, string> = { 'X-Amz-Executed-Version': result.executedVersion };
  if (result.functionError !== undefined) headers['X-Amz-Function-Error'] = result.functionError;
  if (withTail) headers['X-Amz-Log-Result'] = Buffer.from(result.logTail).toString('base64');
  return { status: 200, headers, body: result.payload };
}

function optionsOf({ requestId, query, headers }: ApiRequest): InvokeOptions {
  const context = headers['x-amz-client-context'];
  const trace = headers['x-amzn-trace-id'];
  return {
    requestId,
    qualifier: query.get('Qualifier') ?? undefined,
    traceId: trace === undefined ? undefined : String(trace),
    clientContext: context === undefined ? undefined : clientContextOf(String(context)),
  };
}

function clientContextOf(base64: string): string {
  if (base64.length > maxClientContextBytes)
    throw invalidParameter(`The client context may have ${maxClientContextBytes} bytes in base64.`);
  return checkedJson(Buffer.from(base64, 'base64')).toString('utf8');
}

/** Nothing sent is an empty event. */
function payloadOf({ body, bytes }: ApiRequest, type: string, limitBytes: number): Buffer {
  if (bytes > limitBytes) throw requestTooLarge(bytes, type, limitBytes);
  return bytes === 0 ? Buffer.from('{}') : checkedJson(body);
}

function checkedJson(bytes: Buffer): Buffer {
  try {
    JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw invalidRequestContent((error as Error).message);
  }
  return bytes;
}
