// lambda/runtime-api.ts: the HTTP server that one environment asks for work ("Using the Lambda runtime API").
// Opened by environment.ts; the other end is bootstrap.mjs, or any runtime that speaks 2018-06-01.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerJson, readBody } from './http-io.ts';
import { maxResponseBytes } from './limits.ts';

/** What is handed to the runtime with one invocation. */
export interface Invocation {
  readonly requestId: string;
  readonly payload: Buffer;
  /** Without a version when the caller gave none. */
  readonly functionArn: string;
  /** X-Ray's form: `Root=…;Parent=…;Sampled=…`. */
  readonly traceId: string;
  /** Milliseconds since 1970. */
  readonly deadlineMs: number;
  /** JSON of the caller's client context, if any. */
  readonly clientContext?: string | undefined;
}

/** What the runtime does. `requestId` is as the runtime gave it. */
export interface RuntimeListener {
  /** It is ready for an invocation: the first time its init is over, later the one before. */
  onNext(): void;
  /** @returns false when no such invocation is at hand */
  onResponse(requestId: string, payload: Buffer): boolean;
  onTooLarge(requestId: string): boolean;
  onError(requestId: string, payload: Buffer, errorType: string): boolean;
  onInitError(payload: Buffer, errorType: string): void;
}

export interface RuntimeApi {
  /** Host and port. */
  readonly address: string;
  /** Answers the waiting `next`; the runtime must be waiting. */
  deliver(invocation: Invocation): void;
  /** Ends open connections, too. */
  close(): void;
}

/** Listens on a free port of 127.0.0.1. */
export async function openRuntimeApi(listener: RuntimeListener): Promise<RuntimeApi> {
  let waiting: ServerResponse | undefined;
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === `${base}/invocation/next`) {
      waiting = response;
      listener.onNext();
    } else void receive(request, response, listener);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // An environment may stay frozen between two requests for as long as it likes.
  server.keepAliveTimeout = 0;
  server.unref();
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliver(invocation) {
      waiting?.writeHead(200, headersOf(invocation)).end(invocation.payload);
      waiting = undefined;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const base = '/2018-06-01/runtime';

function headersOf(invocation: Invocation): Record<string, string | number> {
  const headers: Record<string, string | number> = {
    'Content-Type': 'application/json',
    'Content-Length': invocation.payload.length,
    'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
    'Lambda-Runtime-Deadline-Ms': Math.round(invocation.deadlineMs),
    'Lambda-Runtime-Invoked-Function-Arn': invocation.functionArn,
    'Lambda-Runtime-Trace-Id': invocation.traceId,
  };
  if (invocation.clientContext !== undefined)
    headers['Lambda-Runtime-Client-Context'] = forHeader(invocation.clientContext);
  return headers;
}

/** JSON means the same with its characters escaped; a header takes few of them as they are. */
function forHeader(text: string): string {
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return text.replace(/[\t\r\n]/g, ' ').replace(/[^ -~]/g, escaped);
}

/** The three requests with which a runtime reports; the answers are those of AWS's specification. */
async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  listener: RuntimeListener,
): Promise<void> {
  const path = request.url?.slice(base.length) ?? '';
  const [, id = '', what] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
  const { body, bytes } = await readBody(request, maxResponseBytes);
  const errorType = String(request.headers['lambda-runtime-function-error-type'] ?? 'Unhandled');
  if (path === '/init/error') {
    answerJson(response, 202, { status: 'OK' });
    listener.onInitError(body, errorType);
  } else if (what === undefined) {
    answerJson(response, 404, refusal('InvalidPath', `There is no ${request.method} ${path}.`));
  } else if (bytes > maxResponseBytes) {
    answerJson(response, 413, refusal('RequestEntityTooLarge', 'The response is too large.'));
    listener.onTooLarge(id);
  } else {
    const isKnown =
      what === 'error' ? listener.onError(id, body, errorType) : listener.onResponse(id, body);
    if (isKnown) answerJson(response, 202, { status: 'OK' });
    else answerJson(response, 400, refusal('InvalidRequestID', 'Invalid request ID'));
  }
}

function refusal(errorType: string, errorMessage: string) {
  return { errorType, errorMessage };
}
