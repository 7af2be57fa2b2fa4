// gateway/forward.ts: passes one request on to a service and its answer back, byte for byte.
// Called by routes.ts. Nothing is parsed: bodies stream through.
import { problem } from '@lab/shared/domain/problems.ts';
import { nextSpan } from '@lab/shared/runtime/call.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Service } from './services.ts';

/** What a service needs to know of the caller; everything else stays at the door. */
const PASSED_ON = [
  'content-type',
  'content-length',
  'content-encoding',
  'idempotency-key',
] as const;
/** These speak of one connection (RFC 9110, 7.6.1), not of the answer. */
const OF_THE_HOP = ['connection', 'keep-alive', 'transfer-encoding'] as const;

/**
 * Resolves when the answer is handed over.
 * @throws DEPENDENCY_UNAVAILABLE (503), DEPENDENCY_TIMEOUT (504) while nothing was answered yet;
 *   an answer that breaks off half-way closes the caller's connection
 */
export async function forward(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { method, url: path } = request.raw;
  const options = {
    path: path ?? '/',
    method: method as 'GET',
    headers: headersFor(request),
    body: method === 'GET' || method === 'HEAD' ? null : request.raw,
  };
  try {
    await service.pool.stream(options, ({ statusCode, headers }) => {
      reply.hijack();
      for (const name of OF_THE_HOP) delete headers[name];
      return reply.raw.writeHead(statusCode, headers);
    });
  } catch (error) {
    if (!reply.raw.headersSent) throw unreachable(service.name, error);
    reply.raw.destroy();
  }
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

function unreachable(dependency: string, error: unknown) {
  const { code } = error as { code?: string };
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return problem('dependencyTimeout', `${dependency} took too long.`, { dependency });
  }
  return problem('dependencyUnavailable', `${dependency} cannot be reached.`, { dependency });
}
