// runtime/cors.ts: which pages of other origins may call this shop (CORS), as headers for any framework.
// Called by both chassis at a front door that has CORS_ORIGINS; without it nothing here is asked.
import type { IncomingHttpHeaders } from 'node:http';
import { customerOperations } from '../contract/operations.ts';

export interface Cors {
  /** For every answer, refusals too: without them the page's script is told of a network error only. */
  headers(origin: string | undefined): Record<string, string>;
  /** For the 204 to a browser that asks first, as it does before a key or JSON; else undefined. */
  preflight(method: string | undefined, asked: IncomingHttpHeaders): Headers | undefined;
}
type Headers = Record<string, string>;

/** What customers call; faults and the like are set from a terminal, not from pages. */
const methods = [...new Set(customerOperations.map(({ method }) => method))].join(', ');
const sent = 'content-type, idempotency-key, prefer, traceparent, x-api-key, x-request-id';
const read = 'location, preference-applied, retry-after, x-request-id';
const REMEMBERED_S = 600;

/** @param origins as browsers send them, or `*` for every page; undefined when there is none */
export function createCors(origins: readonly string[]): Cors | undefined {
  if (origins.length === 0) return undefined;
  const everyPage = origins.includes('*');
  // A cache must not hand one page the answer to another.
  const vary: Headers = everyPage ? {} : { vary: 'Origin' };
  const admits = (origin: string | undefined): origin is string =>
    origin !== undefined && (everyPage || origins.includes(origin));
  return {
    headers(origin) {
      if (!admits(origin)) return vary;
      const allowed = everyPage ? '*' : origin;
      return {
        ...vary,
        'access-control-allow-origin': allowed,
        'access-control-expose-headers': read,
      };
    },
    preflight(method, { origin, 'access-control-request-method': wanted }) {
      if (method !== 'OPTIONS' || wanted === undefined || !admits(origin)) return undefined;
      return {
        'access-control-allow-methods': methods,
        'access-control-allow-headers': sent,
        'access-control-max-age': String(REMEMBERED_S),
      };
    },
  };
}
