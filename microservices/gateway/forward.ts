// gateway/forward.ts: passes one request on to a service and its answer back, byte for byte.
// Called by routes.ts. Nothing is parsed: bodies stream through.
import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { Problem, problem } from '@lab/shared/domain/problems.ts';
import { nextSpan } from '@lab/shared/runtime/call.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Dispatcher } from 'undici';
import type { Service } from './services.ts';

/** What a service needs to know of the caller; everything else stays at the door. */
const PASSED_ON = [
  'content-type',
  'content-length',
  'content-encoding',
  'idempotency-key',
  'prefer',
] as const;
/** These speak of one connection (RFC 9110, 7.6.1), not of the answer. */
const OF_THE_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/**
 * Resolves when the answer is handed over, or the caller has gone.
 * @throws DEPENDENCY_UNAVAILABLE (503), DEPENDENCY_TIMEOUT (504) while nothing was answered yet;
 *   an answer that breaks off half-way closes the caller's connection
 */
export function forward(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  bodyLimitBytes: number,
): Promise<void> {
  const { method, url: path } = request.raw;
  const options = {
    path: path ?? '/',
    method: method as 'GET',
    headers: headersFor(request),
    body: method === 'GET' || method === 'HEAD' ? null : limited(request.raw, bodyLimitBytes),
  };
  return new Promise((resolve, reject) => {
    service.pool.dispatch(options, {
      ...passingTo(reply, resolve),
      onResponseError(_controller, error) {
        const caller = reply.raw;
        // undici leaves a body alone that it had not begun to send.
        if (options.body !== request.raw) options.body?.destroy();
        if (!caller.headersSent && !caller.destroyed) return reject(reasonOf(service.name, error));
        caller.destroy();
        resolve();
      },
    });
  });
}

/** undici's own `stream` does the same for about a third more CPU: it watches both ends for every event. */
function passingTo(reply: FastifyReply, done: () => void): Dispatcher.DispatchHandler {
  const caller = reply.raw;
  return {
    // By this one undici knows which of its two kinds of handlers it has been given.
    onRequestStart() {},
    onResponseStart(controller, status, headers) {
      // What is left of an answer that nobody waits for is not fetched.
      const leave = () => caller.writableFinished || controller.abort(new Error('the caller left'));
      if (caller.destroyed) return void leave();
      reply.hijack();
      caller.writeHead(status, withoutHop(headers));
      caller.once('close', leave);
    },
    onResponseData(controller, chunk) {
      if (caller.write(chunk)) return;
      controller.pause();
      caller.once('drain', () => controller.resume());
    },
    onResponseEnd() {
      caller.end();
      done();
    },
  };
}

/** As a flat list of names and values, which Node writes out as it is. */
function withoutHop(headers: Record<string, string | string[] | undefined>) {
  const flat: (string | string[])[] = [];
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && !OF_THE_HOP.has(name)) flat.push(name, value);
  }
  return flat as string[];
}

function headersFor({ id, raw }: FastifyRequest): Record<string, string> {
  const headers: Record<string, string> = {
    'x-request-id': id,
    traceparent: nextSpan(raw.headers.traceparent as string | undefined),
  };
  for (const name of PASSED_ON) {
    const value = raw.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  return headers;
}

/** The body as it comes, up to the limit; a length that was announced was checked at the door. */
function limited(body: IncomingMessage, limitBytes: number): Readable {
  if (body.headers['transfer-encoding'] === undefined) return body;
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= limitBytes) done(null, chunk);
      else done(problem('bodyTooLarge', `The body may have ${limitBytes} bytes.`));
    },
  });
  // `pipe` tells neither side of the other's end: the service would wait for a caller who left, and
  // an unread rest of the body would block whatever comes next on the caller's connection.
  body.once('error', (error) => counted.destroy(error));
  body.pipe(counted).once('close', () => body.resume());
  return counted;
}

function reasonOf(dependency: string, error: unknown) {
  if (error instanceof Problem) return error;
  const { code } = error as { code?: string };
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return problem('dependencyTimeout', `${dependency} took too long.`, { dependency });
  }
  return problem('dependencyUnavailable', `${dependency} cannot be reached.`, { dependency });
}
