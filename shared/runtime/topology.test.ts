// runtime/topology.test.ts: what a process says it consists of, and how each part is.
// Run by vitest; the dependencies are functions.
import { expect, test } from 'vitest';
import { Topology } from '../contract/topology.ts';
import { fits } from '../contract/validate.ts';
import { topologyOfProcess } from './topology.ts';

const up = async () => {};
const down = () => Promise.reject(new Error('nobody answers'));

test('a monolith has rooms, and each needs the one database', async () => {
  const topology = await topologyOfProcess('monolith', 'monolith', ['catalog', 'orders'], {
    database: up,
  })();
  expect(fits(Topology)(topology)).toBeNull();
  const parts = topology.components.map((c) => [c.name, c.kind, c.dependsOn.join(), c.health]);
  expect(parts).toEqual([
    ['monolith', 'process', 'catalog,orders,monolith-database', 'up'],
    ['catalog', 'feature', 'monolith-database', 'up'],
    ['orders', 'feature', 'monolith-database', 'up'],
    ['monolith-database', 'database', '', 'up'],
  ]);
});

test('a service has none, but neighbours; one that does not answer is down', async () => {
  const dependencies = { database: up, payments: down };
  const topology = await topologyOfProcess('microservices', 'orders', [], dependencies)();
  expect(fits(Topology)(topology)).toBeNull();
  const parts = topology.components.map((c) => [c.name, c.kind, c.dependsOn.join(), c.health]);
  expect(parts).toEqual([
    ['orders', 'process', 'orders-database,payments', 'up'],
    ['orders-database', 'database', '', 'up'],
    ['payments', 'process', '', 'down'],
  ]);
});

test('health is found out anew each time it is asked for', async () => {
  let check = down;
  const ask = topologyOfProcess('microservices', 'catalog', [], { database: () => check() });
  expect((await ask()).components.at(-1)?.health).toBe('down');
  check = up as typeof down;
  expect((await ask()).components.at(-1)?.health).toBe('up');
});
