// experiments/availability/switches.test.ts: what was broken is healed, even where that takes several tries.
// The switches are a small server's, which counts what it is asked.
import { afterEach, expect, test } from 'vitest';
import { type SmallServer, startSmallServer } from '../../load/small-server.ts';
import { whileFailing } from './switches.ts';

let server: SmallServer;
afterEach(() => server.close());

/** Reports everything healed from that many asks on. */
async function healedAfter(asks: number): Promise<SmallServer> {
  server = await startSmallServer((path, count) => ({
    body: { unreachable: path === '/chaos' && count < asks ? ['orders'] : [] },
  }));
  return server;
}

const work = async () => 'done';

test.each([1, 2, 5])('a target that heals at the %i. ask is asked no more often', async (asks) => {
  const { baseUrl, arrived } = await healedAfter(asks);
  expect(await whileFailing(baseUrl, ['orders', 'catalog'], 20, work)).toBe('done');
  expect([...arrived]).toEqual([
    ['/chaos/orders', 1],
    ['/chaos/catalog', 1],
    ['/chaos', asks],
  ]);
});

test('one that does not heal is given up after five', async () => {
  const { baseUrl, arrived } = await healedAfter(Number.POSITIVE_INFINITY);
  await expect(whileFailing(baseUrl, ['orders'], 20, work)).rejects.toThrow('5 tries');
  expect(arrived.get('/chaos')).toBe(5);
});
