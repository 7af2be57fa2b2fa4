// lambda/api-server.ts: the HTTP server that the SDK talks to: finds the operation, answers or refuses.
// Started by lambda.ts with the operations of invoke-api.ts and control-api.ts. Signatures are not checked.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { invalidParameter, LambdaError, unknownOperation } from './errors.ts';
import { readBody } from './http-io.ts';
import { maxSyncPayloadBytes } from './limits.ts';

export interface ApiRequest {
  readonly requestId: string;
  /** The function's name as the caller wrote it; empty where the path has none. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Empty when it was larger than 6 MB. */
  readonly body: Buffer;
  readonly bytes: number;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A buffer is sent as it is, all else as JSON. */
  readonly body?: unknown;
}

export interface Operation {
  readonly method: string;
  /** `{name}` stands for the function, as in AWS's API reference. */
  readonly path: string;
  readonly handle: (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>;
}

export interface ApiServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** Ends open connections, too. */
  close(): Promise<void>;
}

/** @param port 0 takes a free one */
export async function startApiServer(
  operations: readonly Operation[],
  { host, port }: { readonly host: string; readonly port: number },
): Promise<ApiServer> {
  const find = finderOf(operations);
  const server = createServer(async (request, response) => {
    const requestId = randomUUID();
    const { body, bytes } = await readBody(request, maxSyncPayloadBytes);
    try {
      const url = new URL(request.url ?? '/', 'http://lambda');
      const { operation, name } = find(request.method ?? '', url.pathname);
      const { headers } = request;
      const query = url.searchParams;
      answer(
        response,
        requestId,
        await operation.handle({ requestId, name, query, headers, body, bytes }),
      );
    } catch (error) {
      answer(response, requestId, refusalOf(error));
    }
  });
  // Node's 5 s would close a client's idle connection just when the client wants to use it again.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function finderOf(operations: readonly Operation[]) {
  const patterns = operations.map((operation) => ({
    operation,
    pattern: new RegExp(`^${operation.path.replace('{name}', '(?<name>[^/]+)')}/?$`),
  }));
  return (method: string, path: string): { operation: Operation; name: string } => {
    for (const { operation, pattern } of patterns) {
      const match = operation.method === method ? pattern.exec(path) : null;
      if (match !== null) return { operation, name: decoded(match.groups?.name ?? '') };
    }
    throw unknownOperation(method, path);
  };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw invalidParameter(`${name} is no name of a function.`);
  }
}

function answer(response: ServerResponse, requestId: string, { status, headers, body }: ApiAnswer) {
  const bytes =
    body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'x-amzn-RequestId': requestId,
    ...(bytes === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(status === 204 ? {} : { 'Content-Length': bytes?.length ?? 0 }),
    ...headers,
  });
  response.end(bytes);
}

/** The SDK takes the exception from the header; some of them spell `message` with a capital. */
function refusalOf(error: unknown): ApiAnswer {
  const { type, status, message, details } =
    error instanceof LambdaError ? error : serviceError(error);
  const spelling = type === 'ResourceNotFoundException' ? 'Message' : 'message';
  const fault = status < 500 ? 'User' : 'Service';
  return {
    status,
    headers: { 'x-amzn-ErrorType': type },
    body: { Type: fault, ...details, [spelling]: message },
  };
}

function serviceError(error: unknown): LambdaError {
  return new LambdaError('ServiceException', 500, String(error));
}
