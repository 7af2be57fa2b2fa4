// chassis/handle.ts: turns a use case into an Express handler that keeps the contract.
// Called by every routes.ts; its twin for Fastify is microservices/chassis/handle.ts.
import type { Answer, Input, Operation } from '@lab/shared/contract/operation.ts';
import { inputReader } from '@lab/shared/contract/validate.ts';
import { parseBody } from '@lab/shared/runtime/body.ts';
import { type Call, callFrom } from '@lab/shared/runtime/call.ts';
import { logRequest } from '@lab/shared/runtime/log.ts';
import express, { type Request, type RequestHandler, type Response } from 'express';
import fastJson from 'fast-json-stringify';
import type { Chassis } from './assemble.ts';

export type Work<Op extends Operation> = (input: Input<Op> & { call: Call }) => Promise<Answer<Op>>;

/** Admits, reads and validates the request, runs `work`, answers with the operation's status. */
export function handle<const Op extends Operation>(operation: Op, work: Work<Op>): RequestHandler {
  const read = inputReader(operation);
  // TypeBox schemas are plain JSON Schema; the serializer's own type is narrower than that.
  const write = fastJson(operation.answer as Parameters<typeof fastJson>[0]);
  return async (request, response) => {
    const startedMs = performance.now();
    const chassis: Chassis = request.app.locals.chassis;
    response.locals.operation = operation.id;
    await chassis.door.admit(operation.access, request.get('x-api-key'), request.ip ?? '');
    const call = callFrom(request.headers, response.locals.requestId);
    const body = operation.method === 'GET' ? undefined : await readBody(request, response);
    const { params, query } = request as unknown as Input<Op>;
    // Express parses the query anew at each reading; a copy takes the contract's defaults.
    const input = read({ params, query: query && { ...query }, body: body as Input<Op>['body'] });
    send(response, operation.status, JSON_TYPE, write(await work({ ...input, call })));
    report(chassis, operation.id, response, call, startedMs);
  };
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends a whole answer; `end` with one piece sets Content-Length. */
export function send(
  response: Response,
  status: number,
  type: string,
  body: string | Buffer,
): void {
  response.statusCode = status;
  response.setHeader('content-type', type);
  response.end(body);
}

/** Reads and parses the body, after the front door: a stranger's megabyte is never read. */
export async function readBody(request: Request, response: Response): Promise<unknown> {
  const { rawBody } = request.app.locals.chassis as Chassis;
  await new Promise<void>((resolve, reject) => {
    rawBody(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
  });
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  return parseBody(bytes, request.get('content-type'), request.get('content-encoding'));
}

/** Bodies as bytes up to a limit, never inflated. */
export const bodyReader = (limitBytes: number): RequestHandler =>
  express.raw({ type: () => true, limit: limitBytes, inflate: false });

/** Counts and logs one answered request. */
export function report(
  { metrics, log }: Chassis,
  operation: string,
  { statusCode: status }: Response,
  call: Pick<Call, 'requestId' | 'traceparent'>,
  startedMs: number,
): void {
  const latencyMs = performance.now() - startedMs;
  metrics.observe(operation, status, latencyMs);
  logRequest(log, call, { operation, status, latencyMs });
}
