// chassis/handle.ts: turns a use case into a Fastify route that keeps the contract.
// Called by every routes.ts; its twin for Express is monolith/chassis/handle.ts.
import {
  type Answer,
  type Input,
  type Operation,
  successOf,
} from '@lab/shared/contract/operation.ts';
import { type Call, callFrom } from '@lab/shared/runtime/call.ts';
import { logRequest } from '@lab/shared/runtime/log.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Chassis } from './assemble.ts';

export type Work<Op extends Operation> = (input: Input<Op> & { call: Call }) => Promise<Answer<Op>>;

/** Fastify validates and serialises by the schemas; `work` does the rest. */
export function handle<const Op extends Operation>(operation: Op, work: Work<Op>) {
  const { params, query, body, answer } = operation;
  return {
    schema: {
      ...(params && { params }),
      ...(query && { querystring: query }),
      ...(body && { body }),
      response: { [operation.status]: answer, ...(operation.later && { 202: answer }) },
    },
    config: { operation: operation.id },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const call = callFrom(request.headers, request.id);
      const { params, query, body } = request as unknown as Input<Op>;
      const beganMs = performance.now();
      const done = await work({ params, query, body, call });
      const { status, headers } = successOf(operation, done, performance.now() - beganMs);
      reply.code(status).headers(headers);
      report(request.server.chassis, operation.id, status, call, request.startedMs);
      return done;
    },
  };
}

/** Counts and logs one answered request. */
export function report(
  { metrics, log }: Chassis,
  operation: string,
  status: number,
  call: Pick<Call, 'requestId' | 'traceparent'>,
  startedMs: number,
): void {
  const latencyMs = performance.now() - startedMs;
  metrics.observe(operation, status, latencyMs);
  logRequest(log, call, { operation, status, latencyMs });
}
