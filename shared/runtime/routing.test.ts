// runtime/routing.test.ts: what is said where nothing is routed.
// Run by vitest.
import { expect, test } from 'vitest';
import { operations } from '../contract/operations.ts';
import { unrouted } from './routing.ts';

const say = (method: string, url: string) => unrouted(operations, method, url);

test.each([
  '/nowhere',
  '/products/',
  '/Products',
  '/products/prd_1/reviews',
  '/orders//cancellation',
  '',
])('"%s" is no path of ours', (url) => {
  expect(say('GET', url)).toMatchObject({ status: 404, code: 'NO_SUCH_ROUTE', headers: {} });
});

test('a path that takes other methods names them, in the answer and in Allow', () => {
  const refusal = say('PATCH', '/orders?customerId=cus_alice');
  expect(refusal).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
  expect(refusal.headers.allow).toBe('GET, HEAD, POST');
  expect(refusal.values).toEqual({ allow: 'GET, HEAD, POST' });
  expect(refusal.message).toBe('/orders takes GET, HEAD, POST, not PATCH.');
});

test('a parameter stands for one part of a path and is never empty', () => {
  expect(say('DELETE', '/orders/ord_1/cancellation').headers.allow).toBe('POST');
  expect(say('DELETE', '/payments/ord_1').headers.allow).toBe('GET, HEAD');
  expect(say('DELETE', '/stock/').status).toBe(404);
});

test('a query is no part of a path', () => {
  expect(say('GET', '/nowhere?/products').message).toBe('Nothing answers at /nowhere.');
});
