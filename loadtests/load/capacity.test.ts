// load/capacity.test.ts: autocannon counts what the server counts, outages and bad answers included.
import { getProduct, listProducts } from '@lab/shared/contract/catalog.ts';
import { getStock } from '@lab/shared/contract/inventory.ts';
import { expect, test } from 'vitest';
import { honestShop } from '../scenarios/honest-shop.ts';
import { measureCapacity } from './capacity.ts';
import { startSmallServer } from './small-server.ts';
import { startCapacity } from './start-capacity.ts';

const arrivedAt = (arrived: ReadonlyMap<string, number>) =>
  [...arrived.values()].reduce((sum, count) => sum + count, 0);

test('the good answers of a closed loop are those the server gave', async () => {
  const server = await startSmallServer();
  const capacity = await measureCapacity({ url: server.baseUrl, connections: 4, seconds: 1 });
  await server.close();
  const arrived = arrivedAt(server.arrived);
  expect(capacity).toMatchObject({ errors: 0, lost: 0, timeouts: 0 });
  expect(arrived - capacity.requests).toBeGreaterThanOrEqual(0);
  expect(arrived - capacity.requests).toBeLessThanOrEqual(4);
  expect(capacity.rps).toBeCloseTo((capacity.requests * 1000) / capacity.elapsedMs);
});

test('an answer that is not 2xx is no capacity', async () => {
  const server = await startSmallServer(() => ({ status: 503 }));
  const capacity = await measureCapacity({ url: server.baseUrl, connections: 2, seconds: 1 });
  await server.close();
  expect(capacity.requests).toBe(0);
  expect(capacity.reasons).toEqual({ 'http-503': capacity.errors });
  expect(capacity.invalid).toContain('No answer was good.');
});

/** Answers `browse` truthfully: an answer credited to another request breaks its check. */
function honestly(path: string) {
  const single = path.startsWith('/stock/') ? getStock : getProduct;
  const operation = path.startsWith('/products?') ? listProducts : single;
  return honestShop()({ operation, path, headers: {}, body: null, check: () => 'ok' });
}

test('connections reset mid-way are counted as lost, and every answer still passes its check', async () => {
  let count = 0;
  const server = await startSmallServer((path) => {
    count += 1;
    return count % 500 === 499 ? { instead: 'reset' } : honestly(path);
  });
  const url = server.baseUrl;
  const capacity = await measureCapacity({ url, connections: 4, seconds: 2, scenario: 'browse' });
  await server.close();
  expect(capacity.lost).toBeGreaterThan(0);
  expect(capacity.reasons).toEqual({});
  const missing = arrivedAt(server.arrived) - capacity.answered - capacity.lost;
  expect(Math.abs(missing)).toBeLessThanOrEqual(4);
});

test('load to another machine is refused', async () => {
  const elsewhere = { url: 'http://example.com', connections: 1, seconds: 1 };
  await expect(measureCapacity(elsewhere)).rejects.toThrow('127.0.0.1 only');
});

test('in a process of its own it gives the same kind of figure', async () => {
  const server = await startSmallServer();
  let started = 0;
  const plan = { url: server.baseUrl, connections: 2, seconds: 1 };
  const capacity = await startCapacity(plan, { onStart: () => (started += 1) });
  await server.close();
  expect(started).toBe(1);
  expect(capacity.requests).toBeGreaterThan(0);
  expect(Math.abs(arrivedAt(server.arrived) - capacity.requests)).toBeLessThanOrEqual(2);
});
