// test/request-kit.ts: builds requests as bytes, good in everything but one thing.
// Used by bad-bodies.ts and bad-targets.ts.
import { DEMO_CUSTOMER_KEY, DEMO_INSTRUCTOR_KEY } from '../runtime/config.ts';
import { requestBytes } from './raw-http.ts';

/** A name for people, and what to send. */
export type BadRequest = readonly [name: string, bytes: Buffer];

export const key = { 'x-api-key': DEMO_CUSTOMER_KEY };
export const instructor = { 'x-api-key': DEMO_INSTRUCTOR_KEY };
export const json = { 'content-type': 'application/json' };
export const line = { productId: 'prd_0002', quantity: 1 };
export const order = { customerId: 'cus_bob', lines: [line], cardToken: 'tok_visa' };
const megabyte = 'x'.repeat(1_000_000);
export const large = JSON.stringify({ ...order, note: megabyte });

export const get = (target: string, headers: Record<string, string> = key) =>
  requestBytes('GET', target, headers);
export const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
  requestBytes('POST', '/orders', { ...key, ...json, ...headers }, body);
export const place = (changes: object) => post(JSON.stringify({ ...order, ...changes }));
export const withLine = (changes: object) => place({ lines: [{ ...line, ...changes }] });
export const bare = (method: string, target: string, headers: Record<string, string> = key) =>
  requestBytes(method, target, headers);
