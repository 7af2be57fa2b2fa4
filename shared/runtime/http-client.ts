// runtime/http-client.ts: calls another service as the contract says, over one keep-alive pool.
// Used by each *.client.ts; a dead or slow service becomes a problem that names it.
import type { Dispatcher } from 'undici';
import type { Answer, Input, Operation } from '../contract/operation.ts';
import type { Problem as ProblemBody } from '../contract/problem.ts';
import { Problem, problem } from '../domain/problems.ts';
import { type Call, onward } from './call.ts';
import type { AwsSettings } from './config.ts';
import { createUpstream } from './replicas.ts';

export interface ClientOptions {
  /** The service's name, for errors. */
  name: string;
  /** Several are replicas of one service, which share its calls. Or one function: `lambda:<name>`. */
  baseUrls: readonly string[];
  timeoutMs: number;
  /** Most connections at once; further calls wait in the pool. */
  connections?: number;
  /** For a function. */
  aws?: AwsSettings;
}

export interface HttpClient {
  /**
   * @throws the service's own problem as it came; DEPENDENCY_UNAVAILABLE (503) when it cannot be
   *   reached or breaks; DEPENDENCY_TIMEOUT (504) after `timeoutMs`. After the last two the
   *   call may or may not have had its effect.
   */
  send<Op extends Operation>(
    operation: Op,
    input: Partial<Input<Op>>,
    call: Call,
  ): Promise<Answer<Op>>;
  /** Is the service alive? Rejects when it is not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export function createHttpClient(options: ClientOptions): HttpClient {
  const upstream = upstreamOf(options);

  async function request(method: Operation['method'], path: string, call: Call, body?: unknown) {
    const headers = {
      ...onward(call),
      ...(call.idempotencyKey && { 'idempotency-key': call.idempotencyKey }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const signal = AbortSignal.timeout(options.timeoutMs);
    const payload = body === undefined ? null : JSON.stringify(body);
    try {
      const { dispatcher } = await upstream;
      const answer = await dispatcher.request({
        method,
        path,
        headers,
        signal,
        body: payload,
      });
      return { status: answer.statusCode, body: await answer.body.text() };
    } catch (error) {
      throw unreachable(options, error);
    }
  }

  return {
    async send(operation, input, call) {
      const path = fill(operation.path, input.params, input.query);
      const answer = await request(operation.method, path, call, input.body);
      const body = parse(answer.body);
      if (answer.status === operation.status && body !== undefined) return body as never;
      throw asProblem(options.name, answer.status, body);
    },
    async ping() {
      const call = { requestId: 'ping', traceparent: undefined, idempotencyKey: undefined };
      const answer = await request('GET', '/health', call);
      if (answer.status !== 200) throw asProblem(options.name, answer.status, parse(answer.body));
    },
    close: async () => (await upstream).close(),
  };
}

interface Upstream {
  readonly dispatcher: Dispatcher;
  close(): Promise<void>;
}

/** What speaks to AWS is loaded on demand: who calls no function should not pay for it. */
function upstreamOf(options: ClientOptions): Upstream | Promise<Upstream> {
  const { baseUrls, timeoutMs, connections = 64, aws } = options;
  const [, functionName] = /^lambda:(.+)$/.exec(baseUrls[0] ?? '') ?? [];
  if (functionName === undefined || aws === undefined)
    return createUpstream(baseUrls, { connections, connectTimeout: timeoutMs });
  return import('./lambda-dispatcher.ts').then(({ createLambdaDispatcher }) =>
    createLambdaDispatcher(functionName, aws),
  );
}

function fill(path: string, params: unknown, query: unknown): string {
  const values = (params ?? {}) as Record<string, string>;
  const filled = path.replace(/:(\w+)/g, (_, name) => encodeURIComponent(values[name] ?? ''));
  if (query === undefined) return filled;
  return `${filled}?${new URLSearchParams(query as Record<string, string>)}`;
}

function unreachable({ name, timeoutMs }: ClientOptions, error: unknown): Problem {
  if (error instanceof Error && error.name === 'TimeoutError') {
    const detail = `${name} did not answer within ${timeoutMs} ms.`;
    return problem('dependencyTimeout', detail, { dependency: name });
  }
  const failed = error instanceof Error && error.name === 'InvocationFailed';
  const detail = failed ? `${name}: ${error.message}.` : `${name} cannot be reached.`;
  return problem('dependencyUnavailable', detail, { dependency: name });
}

/** A 4xx is the service's verdict and passes as it is; a 5xx only says that the service is broken. */
function asProblem(dependency: string, status: number, body: unknown): Problem {
  const known = body as Partial<ProblemBody> | null | undefined;
  if (status >= 400 && status < 500 && typeof known?.code === 'string') {
    return Problem.from(known as ProblemBody);
  }
  return problem('dependencyUnavailable', `${dependency} answered ${status}.`, { dependency });
}

/** @returns undefined for what is not JSON */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
