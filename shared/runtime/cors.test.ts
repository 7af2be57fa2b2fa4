// runtime/cors.test.ts: which page is told what; browsers and both shapes meet in test/cors.test.ts.
import { expect, test } from 'vitest';
import { createCors } from './cors.ts';

const page = 'http://127.0.0.1:8080';
const stranger = 'http://127.0.0.1:8081';
const asks = (origin: string) => ({ origin, 'access-control-request-method': 'POST' });

test('a shop that names no page knows nothing of CORS', () => {
  expect(createCors([])).toBeUndefined();
});

test('a page that is named may read every answer, another none; a cache keeps them apart', () => {
  const cors = createCors([page]);
  expect(cors?.headers(page)).toMatchObject({
    'access-control-allow-origin': page,
    vary: 'Origin',
  });
  expect(cors?.headers(stranger)).toEqual({ vary: 'Origin' });
  expect(cors?.headers(undefined)).toEqual({ vary: 'Origin' });
});

test('an asterisk admits every page, those without an address too', () => {
  const cors = createCors(['*']);
  for (const origin of [page, stranger, 'null'])
    expect(cors?.headers(origin)['access-control-allow-origin']).toBe('*');
});

test('a browser that asks first is told what a customer may send, and not how to set faults', () => {
  const told = createCors([page])?.preflight('OPTIONS', asks(page));
  expect(told?.['access-control-allow-methods']).toBe('GET, POST');
  for (const name of ['x-api-key', 'content-type', 'idempotency-key'])
    expect(told?.['access-control-allow-headers']).toContain(name);
});

test.each([
  ['of another page', 'OPTIONS', asks(stranger)],
  ['of no page', 'OPTIONS', { 'access-control-request-method': 'POST' }],
  ['that names no method', 'OPTIONS', { origin: page }],
  ['that is no OPTIONS', 'GET', asks(page)],
])('a request %s is no preflight', (_, method, headers) => {
  expect(createCors([page])?.preflight(method, headers)).toBeUndefined();
});
