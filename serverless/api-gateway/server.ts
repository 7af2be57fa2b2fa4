// api-gateway/server.ts: the HTTP server in front of every API: reads a request, writes its answer.
// Started by api-gateway.ts.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from '../lambda/http-io.ts';
import type { Answer, Call } from './call.ts';
import { newExtendedId, newTraceId, type Random } from './ids.ts';
import { maxPayloadBytes } from './limits.ts';

export interface ServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly now: () => number;
  readonly random: Random;
  /** Of `GET /ready`; undefined: there is no such path. */
  readonly isReady?: (() => boolean) | undefined;
}

export interface GatewayServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** Ends open connections, too. */
  close(): Promise<void>;
}

export async function startServer(
  options: ServerOptions,
  answer: (call: Call) => Promise<Answer>,
): Promise<GatewayServer> {
  const { isReady } = options;
  const server = createServer(async (request, response) => {
    if (isReady !== undefined && request.url === '/ready')
      return void response.writeHead(isReady() ? 200 : 503).end();
    try {
      const call = await readCall(request, options);
      write(response, call, await answer(call));
    } catch (error) {
      // Nobody foresaw it: it costs one caller an answer, and not the cloud.
      console.error('API Gateway:', error);
      response.destroy();
    }
  });
  // Node's 5 s would close a client's idle connection just when the client wants to use it again.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    url: `http://${options.host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Of any other URL, API and stage are empty: nobody has those. */
const urlForm = /^(\/restapis\/([^/?]+)\/([^/?]+)\/_user_request_)([^?]*)(?:\?(.*))?$/s;

async function readCall(request: IncomingMessage, { now, random }: ServerOptions): Promise<Call> {
  const { body, bytes } = await readBody(request, maxPayloadBytes);
  const [, basePath = '', apiId = '', stageName = '', path = '', query = ''] =
    urlForm.exec(request.url ?? '') ?? [];
  const atMs = now();
  return {
    ...{ apiId, stageName, basePath, query, body, atMs },
    httpMethod: request.method ?? '',
    path: path === '' ? '/' : path,
    headers: headerLists(request),
    bodyBytes: bytes,
    sourceIp: request.socket.remoteAddress ?? '',
    port: request.socket.localPort ?? 0,
    requestId: randomUUID(),
    extendedRequestId: newExtendedId(random),
    traceId: traceIdOf(request) ?? newTraceId(atMs),
  };
}

/** Two spellings of a name are one header, in the spelling that came first. */
function headerLists({ rawHeaders }: IncomingMessage): Record<string, string[]> {
  const lists = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    const list = lists.get(name.toLowerCase()) ?? { name, values: [] };
    list.values.push(rawHeaders[at + 1] ?? '');
    lists.set(name.toLowerCase(), list);
  }
  return Object.fromEntries([...lists.values()].map(({ name, values }) => [name, values]));
}

function traceIdOf({ headers }: IncomingMessage): string | undefined {
  const trace = String(headers['x-amzn-trace-id'] ?? '');
  return trace.startsWith('Root=') ? trace : undefined;
}

function write(response: ServerResponse, call: Call, { status, headers, body }: Answer): void {
  const hasBody = status !== 204 && status !== 304;
  response.writeHead(status, {
    ...headers,
    'x-amzn-requestid': call.requestId,
    'x-amz-apigw-id': call.extendedRequestId,
    ...(hasBody && { 'content-length': body.length }),
  });
  response.end(hasBody ? body : undefined);
}
