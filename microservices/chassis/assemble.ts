// chassis/assemble.ts: the Fastify app around a service: headers, operating pages, faults, errors.
// Called by each app.ts; its twin for Express is monolith/chassis/assemble.ts.
import { maxHeaderSize } from 'node:http';
import { type Controls, controlRoutes } from '@lab/shared/chaos/controls.ts';
import { type Part, partValidator } from '@lab/shared/contract/validate.ts';
import { Problem, toProblem } from '@lab/shared/domain/problems.ts';
import { fromFramework, parseBody } from '@lab/shared/runtime/body.ts';
import { callFrom, requestIdFrom } from '@lab/shared/runtime/call.ts';
import type { Cors } from '@lab/shared/runtime/cors.ts';
import { securityHeaders } from '@lab/shared/runtime/front-door.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import { type About, operatingPages } from '@lab/shared/runtime/operating.ts';
import { unrouted } from '@lab/shared/runtime/routing.ts';
import { refuseUnreadable } from '@lab/shared/runtime/unreadable.ts';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import type { TSchema } from 'typebox';
import { report } from './handle.ts';

export interface Chassis {
  log: Logger;
  metrics: About['metrics'];
  cors?: Cors | undefined;
}

declare module 'fastify' {
  interface FastifyInstance {
    chassis: Chassis;
  }
  interface FastifyRequest {
    /** When it arrived, on the clock of performance.now(); 0 before any hook has run. */
    startedMs: number;
  }
  interface FastifyContextConfig {
    operation?: string;
  }
}

type Routes = Parameters<typeof unrouted>[0];

export interface Parts {
  about: About;
  controls: Controls;
  /** Left out where no page of another origin may call. */
  cors?: Cors | undefined;
  log: Logger;
  bodyLimitBytes: number;
  /** Adds the feature's routes. */
  routes: (app: FastifyInstance) => void;
}

export function assemble(parts: Parts): FastifyInstance {
  const { about, controls, cors, log, bodyLimitBytes, routes } = parts;
  const app: FastifyInstance = fastify({
    bodyLimit: bodyLimitBytes,
    // A request that is in the line when the server closes is answered like any other.
    return503OnClosing: false,
    genReqId: ({ headers }) => requestIdFrom(headers),
    // Every id that a request line has room for: the contract's pattern refuses long ones.
    routerOptions: { maxParamLength: maxHeaderSize },
    frameworkErrors: onError(bodyLimitBytes),
    clientErrorHandler: refuseUnreadable,
  });
  app.decorate('chassis', { log, metrics: about.metrics, cors });
  const known = [...about.operations, ...controlRoutes, ...pageRoutes(about)];
  app.decorateRequest('startedMs', 0);
  app.addHook('onRequest', (request, reply, done) => {
    request.startedMs = performance.now();
    dress(request, reply);
    const allowed = cors?.preflight(request.method, request.headers);
    if (allowed !== undefined) return void reply.code(204).headers(allowed).send();
    // Here and not in a not-found handler: that one would have the body read and parsed first.
    if (!isUnrouted(request)) done();
    else done(unrouted(known as Routes, request.method, request.url));
  });
  readJson(app);
  app.setValidatorCompiler(({ schema, httpPart }) =>
    partValidator(schema as TSchema, httpPart === 'querystring' ? 'query' : (httpPart as Part)),
  );
  app.setErrorHandler(onError(bodyLimitBytes));
  routes(app);
  mountPages(app, about);
  mountControls(app, controls);
  return app;
}

function dress(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id).headers(securityHeaders);
  const { cors } = request.server.chassis;
  if (cors === undefined) return;
  // On Node's own response: what the gateway passes on goes past Fastify's.
  for (const [name, value] of Object.entries(cors.headers(request.headers.origin)))
    reply.raw.setHeader(name, value);
}

/** Fastify routes an empty parameter, and `*` as if it were `/`. */
function isUnrouted({ is404, raw, params }: FastifyRequest): boolean {
  return is404 || raw.url === '*' || Object.values(params as object).includes('');
}

/** One parser for every content type, so that a refusal reads the same in both frameworks. */
function readJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) =>
      parseBody(bytes, request.headers['content-type'], request.headers['content-encoding']),
  );
}

function mountPages(app: FastifyInstance, about: About): void {
  for (const page of operatingPages(about)) {
    app.get(page.path, async (_request, reply) => {
      if (page.policy) reply.header('content-security-policy', page.policy);
      const { status, type, body } = await page.answer();
      return reply.code(status).type(type).send(body);
    });
  }
}

const pageRoutes = (about: About) =>
  operatingPages(about).map(({ path }) => ({ method: 'GET', path }));

function mountControls(app: FastifyInstance, controls: Controls): void {
  for (const { method, path } of controlRoutes) {
    app.route({
      method,
      url: path,
      handler: async (request) => {
        const { component } = request.params as { component?: string };
        const key = request.headers['x-api-key'] as string | undefined;
        return controls({ method, component, body: request.body, key });
      },
    });
  }
}

/** The one place where errors become answers. */
function onError(limitBytes: number) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const error = fromFramework(thrown, limitBytes);
    const { chassis } = request.server;
    dress(request, reply); // a framework's error comes before any hook
    const { 'idempotency-key': _unchecked, ...rest } = request.headers;
    const call = callFrom(rest, request.id);
    if (!(error instanceof Problem)) chassis.log.error({ err: error, ...call }, 'unexpected');
    const body = toProblem(error);
    if (error instanceof Problem) reply.headers(error.headers);
    const operation = request.routeOptions?.config?.operation ?? 'none';
    report(chassis, operation, body.status, call, request.startedMs || performance.now());
    // As bytes: to a text Fastify would add a charset, which this media type does not have.
    const bytes = Buffer.from(JSON.stringify(body));
    reply.code(body.status).type('application/problem+json').send(bytes);
  };
}
