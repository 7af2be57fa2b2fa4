// runtime/lambda-dispatcher.ts: an undici Dispatcher with a Lambda function in the place of a server.
// Loaded by http-client.ts for an address such as lambda:shop-catalog.
import { Readable } from 'node:stream';
import { type AwsClient, createAwsClient } from './aws-client.ts';
import type { AwsSettings } from './config.ts';
import { type ProxyResult, proxyEvent } from './proxy-event.ts';
import { DecoratorHandler, Dispatcher } from './undici.ts';

/** @param functionName as Invoke takes it */
export function createLambdaDispatcher(functionName: string, aws: AwsSettings) {
  const { AWS_ENDPOINT_URL_LAMBDA: endpoint, AWS_REGION: region } = aws;
  const client = createAwsClient(
    'lambda',
    endpoint || `https://lambda.${region}.amazonaws.com`,
    aws,
  );
  return { dispatcher: new LambdaDispatcher(functionName, client), close: client.close };
}

class LambdaDispatcher extends Dispatcher {
  readonly #path: string;
  readonly #client: AwsClient;

  constructor(functionName: string, client: AwsClient) {
    super();
    this.#path = `/2015-03-31/functions/${functionName}/invocations`;
    this.#client = client;
  }

  /**
   * Bodies are text, or a stream of it. A caller who gives up is told at once; the function goes on,
   * as a server may.
   */
  override dispatch(
    request: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    // undici has two kinds of handlers; its decorator takes either and speaks the newer language.
    const inner = new DecoratorHandler(handler) as Required<Dispatcher.DispatchHandler>;
    const giveUp = new AbortController();
    const controller = controllerOf(giveUp);
    inner.onRequestStart(controller, {});
    this.#invoke(request, giveUp.signal).then(
      ({ statusCode, headers = {}, body = '', isBase64Encoded = false }) => {
        inner.onResponseStart(controller, statusCode, asText(headers), '');
        inner.onResponseData(controller, Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
        inner.onResponseEnd(controller, {});
      },
      (error: Error) => inner.onResponseError(controller, error),
    );
    return true;
  }

  /** @throws InvocationFailed when the function was throttled (429), failed, or gave no answer */
  async #invoke(request: Dispatcher.DispatchOptions, signal: AbortSignal): Promise<ProxyResult> {
    const event = JSON.stringify(proxyEvent({ ...request, body: await textOf(request.body) }));
    const headers = { 'content-type': 'application/json' };
    const answer = await this.#client.post({ path: this.#path, headers, body: event, signal });
    if (answer.status !== 200 || answer.headers['x-amz-function-error'] !== undefined)
      throw new InvocationFailed(`the function ${wayOf(answer.status)}`);
    const result = JSON.parse(answer.text) as Partial<ProxyResult> | null;
    if (typeof result?.statusCode === 'number') return result as ProxyResult;
    throw new InvocationFailed('the function did not answer as one behind HTTP');
  }
}

const wayOf = (status: number): string => (status === 429 ? 'was throttled' : `failed (${status})`);

/** The message goes to the customer: what the function said stays in its log. */
class InvocationFailed extends Error {
  override readonly name = 'InvocationFailed';
}

/** An event has its body as a whole. @throws what the stream fails with */
async function textOf(body: Dispatcher.DispatchOptions['body']) {
  if (!(body instanceof Readable)) return body ?? null;
  return Buffer.concat(await body.toArray()).toString();
}

function controllerOf(giveUp: AbortController): Dispatcher.DispatchController {
  const { signal } = giveUp;
  return {
    get aborted() {
      return signal.aborted;
    },
    get reason() {
      return signal.reason ?? null;
    },
    abort: (reason) => giveUp.abort(reason),
    // The answer is here as a whole: it cannot come more slowly.
    paused: false,
    pause() {},
    resume() {},
  };
}

const asText = (headers: Readonly<Record<string, string | number | boolean>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
