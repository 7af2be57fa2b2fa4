// gateway/routes.ts: the front door: each public operation, admitted by the rules, then passed on.
// Mounted by app.ts. The routes are those of the contract: the gateway knows no feature.
import { report } from '@lab/chassis/handle.ts';
import type { Switchboard } from '@lab/shared/chaos/switchboard.ts';
import type { Operation } from '@lab/shared/contract/operation.ts';
import { publicOperations } from '@lab/shared/contract/operations.ts';
import { problem } from '@lab/shared/domain/problems.ts';
import type { FrontDoor } from '@lab/shared/runtime/front-door.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { forward } from './forward.ts';
import type { Services } from './services.ts';

export interface Door {
  door: FrontDoor;
  services: Services;
  board: Switchboard;
  bodyLimitBytes: number;
}

/** Nobody saw an answer: nginx's number, as Node's own default would count a success. */
const CALLER_LEFT = 499;

export function gatewayRoutes(app: FastifyInstance, parts: Door): void {
  app.register(async (passing) => {
    // Bodies are the services' business: leave the stream alone.
    passing.removeAllContentTypeParsers();
    passing.addContentTypeParser('*', (_request, _stream, done) => done(null));
    for (const operation of publicOperations) passOn(passing, operation, parts);
  });
}

function passOn(app: FastifyInstance, operation: Operation, parts: Door): void {
  const { door, services, board, bodyLimitBytes } = parts;
  const service = services[operation.feature];
  app.route({
    method: operation.method,
    url: operation.path,
    config: { operation: operation.id },
    onRequest: async (request) => {
      const key = request.headers['x-api-key'] as string | undefined;
      door.admit(operation.access, key, request.ip);
      if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes) {
        throw problem('bodyTooLarge', `The body may have ${bodyLimitBytes} bytes.`);
      }
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      await board.meet('gateway', () => forward(service, request, reply, bodyLimitBytes));
      const { traceparent } = request.headers as { traceparent?: string };
      const call = { requestId: request.id, traceparent };
      const status = reply.raw.headersSent ? reply.raw.statusCode : CALLER_LEFT;
      report(app.chassis, operation.id, status, call, request.startedMs);
      return reply;
    },
  });
}
