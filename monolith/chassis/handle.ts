// chassis/handle.ts: turns a use case into an Express handler that keeps the contract.
// Called by every routes.ts; its twin for Fastify is microservices/chassis/handle.ts.
import {
  type Answer,
  type Input,
  type Operation,
  successOf,
} from '@lab/shared/contract/operation.ts';
import { inputReader } from '@lab/shared/contract/validate.ts';
import { parseBody } from '@lab/shared/runtime/body.ts';
import { type Call, callFrom } from '@lab/shared/runtime/call.ts';
import { logRequest } from '@lab/shared/runtime/log.ts';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import fastJson from 'fast-json-stringify';
import type { Chassis } from './assemble.ts';

export type Work<Op extends Operation> = (input: Input<Op> & { call: Call }) => Promise<Answer<Op>>;

/** As strict as Fastify: /Products and /products/ are other paths. */
export const strictRouter = (): Router => Router({ caseSensitive: true, strict: true });

/** Admits, reads and validates the request, runs `work`, answers with the operation's status. */
export function handle<const Op extends Operation>(operation: Op, work: Work<Op>): RequestHandler {
  const read = inputReader(operation);
  // TypeBox schemas are plain JSON Schema; the serializer's own type is narrower than that.
  const write = fastJson(operation.answer as Parameters<typeof fastJson>[0]);
  return async (request, response) => {
    const startedMs = performance.now();
    const chassis: Chassis = request.app.locals.chassis;
    response.locals.operation = operation.id;
    const { headers, socket } = request;
    const key = headers['x-api-key'] as string | undefined;
    chassis.door.admit(operation.access, key, socket.remoteAddress ?? '');
    const body = operation.method === 'GET' ? undefined : await readBody(request, response);
    const { params } = request as unknown as Input<Op>;
    const query = queryOf(operation, request) as Input<Op>['query'];
    const input = read({ params, query, body: body as Input<Op>['body'] });
    const call = callFrom(headers, response.locals.requestId);
    const beganMs = performance.now();
    const done = await work({ ...input, call });
    const { status, headers: said } = successOf(operation, done, performance.now() - beganMs);
    for (const name in said) response.setHeader(name, said[name] ?? '');
    send(response, status, JSON_TYPE, write(done));
    report(chassis, operation.id, response, call, startedMs);
  };
}

// Express parses the query anew at each reading; a copy takes the contract's defaults.
function queryOf(operation: Operation, request: Request) {
  return operation.query && { ...request.query };
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends a whole answer. Node itself would leave Content-Length out for HEAD and HTTP/1.0. */
export function send(
  response: Response,
  status: number,
  type: string,
  body: string | Buffer,
): void {
  response.statusCode = status;
  response.setHeader('content-type', type);
  response.setHeader('content-length', Buffer.byteLength(body));
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
