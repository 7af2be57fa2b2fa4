// api-gateway/call.ts: one request of a client, read but not yet routed, and what answers it.
// Made by server.ts; everything that works on a request takes it.
import { validateHeaderName, validateHeaderValue } from 'node:http';

/** In the client's spelling; the values of a header that came more than once, in their order. */
export type HeaderLists = Readonly<Record<string, readonly string[]>>;

export interface Call {
  readonly apiId: string;
  readonly stageName: string;
  readonly httpMethod: string;
  /** What stands before the path in the URL; AWS has only the stage there. */
  readonly basePath: string;
  /** As sent, without the stage: `/orders/ord_1`. */
  readonly path: string;
  /** As sent, without its question mark. */
  readonly query: string;
  readonly headers: HeaderLists;
  /** Empty when it was too large. */
  readonly body: Buffer;
  readonly bodyBytes: number;
  readonly sourceIp: string;
  /** The port that the client asked. */
  readonly port: number;
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** The client's own, when it sent one. */
  readonly traceId: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

/** @param name in any case; of several values the last one, as AWS has it */
export function headerOf(headers: HeaderLists, name: string): string | undefined {
  const wanted = name.toLowerCase();
  const found = Object.keys(headers).find((key) => key.toLowerCase() === wanted);
  return found === undefined ? undefined : headers[found]?.at(-1);
}

/** Node would throw for a header that HTTP does not allow. */
export function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

/** `Application/JSON; charset=utf-8` is `application/json`, and so is nothing at all. */
export function mediaTypeOf(headers: HeaderLists): string {
  return bareMediaType(headerOf(headers, 'content-type') ?? 'application/json');
}

export function bareMediaType(value: string): string {
  return (value.split(';')[0] ?? '').trim().toLowerCase();
}
