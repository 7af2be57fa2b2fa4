// runtime/call.ts: what travels with a request from process to process: its id, its trace, its key.
// Made by the chassis on arrival, passed on by http-client.ts.
import { randomBytes } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import { problem } from '../domain/problems.ts';

export interface Call {
  /** 1–64 characters; the same in every process that worked on the request. */
  readonly requestId: string;
  /** W3C Trace Context, as it arrived; undefined when the caller sent none. */
  readonly traceparent: string | undefined;
  /** The caller's Idempotency-Key, 1–100 characters, where the operation honours one. */
  readonly idempotencyKey: string | undefined;
  /** The caller does not want to wait (`Prefer: respond-async`), where an operation can go on alone. */
  readonly respondAsync?: boolean;
}

type Headers = Record<string, string | string[] | undefined>;

/** Ids that sort by time: `ord_`, `evt_`, … and 26 characters of a ULID. */
const ulid = monotonicFactory();

export const newId = (prefix: string): string => `${prefix}_${ulid()}`;

const process8 = randomBytes(4).toString('hex');
let count = 0;

/** Unique across processes and restarts, and cheap: random bytes once, then a counter. */
export function requestIdFrom(headers: Headers): string {
  const sent = headers['x-request-id'];
  if (typeof sent === 'string' && /^[\w-]{1,64}$/.test(sent)) return sent;
  count += 1;
  return `${process8}-${count.toString(36)}`;
}

export function callFrom(headers: Headers, requestId: string): Call {
  return {
    requestId,
    traceparent: one(headers.traceparent),
    idempotencyKey: idempotencyKeyFrom(headers),
    ...(RESPOND_ASYNC.test(one(headers.prefer) ?? '') && { respondAsync: true }),
  };
}

/** Headers for the next process: same request, same trace, a span of its own. */
export function onward(call: Call): Record<string, string> {
  return { 'x-request-id': call.requestId, traceparent: nextSpan(call.traceparent) };
}

/** A traceparent with a new span id; a new trace where there was none or a malformed one. */
export function nextSpan(traceparent: string | undefined): string {
  const trace = traceparent === undefined ? undefined : TRACE.exec(traceparent)?.[1];
  return `00-${trace ?? trace16 + unique16()}-${unique16()}-01`;
}

const TRACE = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const trace16 = randomBytes(8).toString('hex');
let spans = 0;

/** 16 hexadecimal digits, as unique and as cheap as a request id: nobody needs to fail to guess it. */
function unique16(): string {
  spans = (spans + 1) % 2 ** 32;
  return process8 + spans.toString(16).padStart(8, '0');
}

/** @throws INVALID_REQUEST (400) for an empty key or one over 100 characters */
function idempotencyKeyFrom(headers: Headers): string | undefined {
  const key = one(headers['idempotency-key']);
  if (key === undefined || (key.length > 0 && key.length <= 100)) return key;
  const errors = [{ at: 'headers/idempotency-key', problem: 'must have 1 to 100 characters' }];
  throw problem('invalidRequest', 'headers/idempotency-key must have 1 to 100 characters.', {
    errors,
  });
}

const RESPOND_ASYNC = /(^|,)\s*respond-async\s*($|[,;])/i;

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
