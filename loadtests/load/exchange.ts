// load/exchange.ts: one request and its answer over the keep-alive pool, with a way to give up.
// Called by the attacker; knows nothing of schedules or outcomes.
import { type Dispatcher, Pool } from 'undici';
import type { Shot } from '../scenarios/shot.ts';
import type { Answer } from './outcome.ts';

/** Exactly one of the two is called, unless the exchange is given up first. */
export interface ExchangeListener {
  onAnswer(answer: Answer): void;
  onFailure(error: Error): void;
}

/**
 * Opens the pool. undici's own timeouts are off: they are exact to a second only, so the attacker
 * sweeps deadlines itself. One connection per request in flight means that no request ever waits
 * inside the generator; idle connections are used again first.
 * @param baseUrl may have a path, which then stands before that of every shot
 * @param maxInFlight connections at most
 */
export function openPool(baseUrl: string, maxInFlight: number, deadlineMs: number): Pool {
  const { origin, pathname } = new URL(baseUrl);
  const pool = new Pool(origin, {
    connections: maxInFlight,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    // Past the deadline, so that a connection which hangs is `hung`; it only frees the slot.
    connectTimeout: deadlineMs + 1000,
    keepAliveTimeout: 30_000,
  });
  // What `compose` gives is the pool itself, seen through another dispatch.
  return pathname === '/' ? pool : (pool.compose(below(pathname)) as Pool);
}

function below(basePath: string): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch({ ...options, path: basePath + options.path }, handler);
}

/**
 * Sends a shot once; there is no retry.
 * @returns giveUp, which drops the connection; calling it after the end does nothing
 */
export function exchange(pool: Pool, shot: Shot, listener: ExchangeListener): () => void {
  let controller: Dispatcher.DispatchController | undefined;
  let over = false;
  let status = 0;
  let degraded: string | undefined;
  const chunks: Buffer[] = [];
  const once = (tell: () => void) => {
    const first = !over;
    over = true;
    if (first) tell();
  };
  pool.dispatch(requestOf(shot), {
    onRequestStart(started) {
      controller = started;
      if (over) started.abort(new Error('given up'));
    },
    onResponseStart(_controller, code, headers) {
      status = code;
      degraded = String(headers['x-degraded'] ?? '') || undefined;
    },
    onResponseData: (_controller, chunk) => void chunks.push(chunk),
    onResponseEnd: () => once(() => listener.onAnswer({ status, degraded, text: textOf(chunks) })),
    onResponseError: (_controller, error) => once(() => listener.onFailure(error)),
  });
  return () => {
    // The abort itself arrives as an error, which `over` silences.
    over = true;
    controller?.abort(new Error('given up'));
  };
}

function requestOf(shot: Shot): Dispatcher.DispatchOptions {
  const { path, headers, body } = shot;
  return { path, method: shot.operation.method, headers, body };
}

function textOf(chunks: readonly Buffer[]): string {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined
    ? only.toString()
    : Buffer.concat(chunks).toString();
}
