// sdk/client.ts: what runs in every generated SDK: a function an operation, openapi-fetch underneath.
// Bundled by bundle-client.ts with the facts of one document; runs in browsers as in Node.
import createFetchClient from 'openapi-fetch';
import type { Options } from './calls.ts';

/** What the client knows of the document. */
export interface Facts {
  readonly baseUrl: string;
  /** The header that carries the key; left out where the document names none. */
  readonly keyHeader?: string;
  readonly operations: Readonly<Record<string, readonly [method: string, path: string]>>;
}

interface Input {
  readonly path?: object;
  readonly query?: object;
  readonly header?: object;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}
interface Sent {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}
type Send = (method: string, path: string, init: object) => Promise<Sent>;
type Call = (input?: Input) => Promise<Sent>;

export function clientOf(
  { baseUrl, keyHeader, operations }: Facts,
  { apiKey, ...options }: Options = {},
): Record<string, Call> {
  const headers = keyHeader !== undefined && apiKey !== undefined ? { [keyHeader]: apiKey } : {};
  const { request } = createFetchClient({ baseUrl, ...options, headers });
  const calls = Object.entries(operations).map(([id, [method, path]]) => {
    const call: Call = (input = {}) => ask(request as unknown as Send, method, path, input);
    return [id, call] as const;
  });
  return Object.fromEntries(calls);
}

async function ask(send: Send, method: string, path: string, input: Input): Promise<Sent> {
  const { idempotencyKey, path: inPath, query, header, ...rest } = input;
  const { data, error, response } = await send(method, path, {
    ...rest,
    params: { path: inPath, query, header },
    ...(idempotencyKey !== undefined && { headers: { 'Idempotency-Key': idempotencyKey } }),
  });
  if (response.ok) return { data, response };
  if (typeof error === 'object' && error !== null) return { error, response };
  // A proxy's page, an empty 502: a problem's fields would all be undefined.
  throw new Error(
    `${method.toUpperCase()} ${path} was answered ${response.status}, not by the API`,
  );
}
