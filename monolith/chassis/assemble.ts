// chassis/assemble.ts: the Express app around the features: headers, operating pages, faults, errors.
// Called by app.ts; its twin for Fastify is microservices/chassis/assemble.ts.
import { type Controls, controlRoutes } from '@lab/shared/chaos/controls.ts';
import { Problem, toProblem } from '@lab/shared/domain/problems.ts';
import { fromFramework } from '@lab/shared/runtime/body.ts';
import { callFrom, requestIdFrom } from '@lab/shared/runtime/call.ts';
import type { Cors } from '@lab/shared/runtime/cors.ts';
import { type FrontDoor, securityHeaders } from '@lab/shared/runtime/front-door.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import { type About, operatingPages } from '@lab/shared/runtime/operating.ts';
import { plainTarget, unrouted } from '@lab/shared/runtime/routing.ts';
import express, { type Express, type RequestHandler, type Response, type Router } from 'express';
import { bodyReader, readBody, report, send } from './handle.ts';

export interface Chassis {
  door: FrontDoor;
  log: Logger;
  metrics: About['metrics'];
  rawBody: RequestHandler;
}

export interface Parts {
  about: About;
  controls: Controls;
  door: FrontDoor;
  /** Left out where no page of another origin may call. */
  cors?: Cors | undefined;
  log: Logger;
  bodyLimitBytes: number;
  /** The features' routes, asked in this order. */
  routers: readonly Router[];
}

export function assemble(parts: Parts): Express {
  const { about, controls, door, cors, log, bodyLimitBytes, routers } = parts;
  const app = express();
  for (const off of ['x-powered-by', 'etag']) app.disable(off);
  // As strictRouter is.
  for (const on of ['case sensitive routing', 'strict routing']) app.enable(on);
  app.set('query parser', 'simple');
  const { metrics } = about;
  app.locals.chassis = {
    door,
    log,
    metrics,
    rawBody: bodyReader(bodyLimitBytes),
  } satisfies Chassis;
  const known = [...about.operations, ...controlRoutes, ...pageRoutes(about)];
  const refuse: RequestHandler = ({ method, originalUrl }) => {
    throw unrouted(known as Parameters<typeof unrouted>[0], method, originalUrl);
  };
  app.use(arrive);
  if (cors !== undefined) app.use(admitPages(cors));
  // Express would answer OPTIONS by itself, in words of its own.
  app.use((request, response, next) =>
    request.method === 'OPTIONS' ? refuse(request, response, next) : next(),
  );
  for (const router of routers) app.use(router);
  mountPages(app, about);
  mountControls(app, controls);
  app.use(refuse);
  app.use(onError(bodyLimitBytes));
  return app;
}

const arrive: RequestHandler = (request, response, next) => {
  response.locals.startedMs = performance.now();
  const requestId = requestIdFrom(request.headers);
  response.locals.requestId = requestId;
  response.setHeader('x-request-id', requestId);
  for (const name in securityHeaders) {
    response.setHeader(name, securityHeaders[name as keyof typeof securityHeaders]);
  }
  request.url = plainTarget(request.url);
  next();
};

/** Before whatever may refuse: a page can read a refusal only with these headers. */
function admitPages(cors: Cors): RequestHandler {
  return ({ method, headers }, response, next) => {
    response.set(cors.headers(headers.origin));
    const allowed = cors.preflight(method, headers);
    if (allowed === undefined) next();
    else response.status(204).set(allowed).end();
  };
}

function mountPages(app: Express, about: About): void {
  for (const page of operatingPages(about)) {
    app.get(page.path, async (_request, response) => {
      if (page.policy) response.setHeader('content-security-policy', page.policy);
      const { status, type, body } = await page.answer();
      send(response, status, type, body);
    });
  }
}

const pageRoutes = (about: About) =>
  operatingPages(about).map(({ path }) => ({ method: 'GET', path }));

function mountControls(app: Express, controls: Controls): void {
  for (const { method, path } of controlRoutes) {
    app[method.toLowerCase() as 'get' | 'put' | 'delete'](path, async (request, response) => {
      const { component } = request.params as { component?: string };
      const key = request.get('x-api-key');
      const body = method === 'GET' ? undefined : await readBody(request, response);
      const state = await controls({ method, component, body, key });
      send(response, 200, 'application/json; charset=utf-8', JSON.stringify(state));
    });
  }
}

/** The one place where errors become answers. */
function onError(limitBytes: number): express.ErrorRequestHandler {
  return (thrown, request, response, _next) => {
    const error = fromFramework(thrown, limitBytes);
    const chassis: Chassis = request.app.locals.chassis;
    const call = callOf(request.headers, response);
    if (!(error instanceof Problem)) chassis.log.error({ err: error, ...call }, 'unexpected');
    const body = toProblem(error);
    if (error instanceof Problem) {
      for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
    }
    send(response, body.status, 'application/problem+json', JSON.stringify(body));
    const { operation = 'none', startedMs } = response.locals;
    report(chassis, operation, response, call, startedMs);
  };
}

function callOf(headers: Parameters<typeof callFrom>[0], response: Response) {
  const { 'idempotency-key': _unchecked, ...rest } = headers;
  return callFrom(rest, response.locals.requestId);
}
