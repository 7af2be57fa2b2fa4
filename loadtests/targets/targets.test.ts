// targets/targets.test.ts: ports, addresses and environment of every component.
import { expect, test } from 'vitest';
import { componentEnvironment } from './component-environment.ts';
import { databaseFile } from './databases.ts';
import { parsePortBase } from './port-base.ts';
import { withReplicas } from './replicas.ts';
import {
  baseUrl,
  clusterAt,
  componentOf,
  features,
  shapesAt,
  type Target,
  targetsAt,
} from './targets.ts';

test('without LAB_PORT_BASE the ports are those the documents name', () => {
  const { monolith, microservices } = targetsAt();
  expect(baseUrl(monolith)).toBe('http://127.0.0.1:3000');
  expect(baseUrl(microservices)).toBe('http://127.0.0.1:4000');
  const ports = microservices.components.map(({ name, port }) => `${name} ${port}`);
  expect(ports.slice(1)).toEqual(features.map((feature, index) => `${feature} ${4001 + index}`));
});

test('LAB_PORT_BASE shifts every port and keeps the data of two labs apart', () => {
  const { monolith, microservices } = targetsAt(parsePortBase('13000'));
  expect(baseUrl(monolith)).toBe('http://127.0.0.1:13000');
  expect(componentOf(microservices, 'reports').port).toBe(14_006);
  expect(microservices.instance).not.toBe(targetsAt().microservices.instance);
});

test('a cluster is a target of its own: the monolith again, with workers, on a port of its own', () => {
  const all = shapesAt();
  expect(Object.keys(all)).toEqual(['monolith', 'monolith-cluster', 'microservices', 'serverless']);
  const cluster = all['monolith-cluster'];
  const { name, workers, port } = componentOf(cluster, 'monolith');
  expect([name, workers, port]).toEqual(['monolith', 2, 3500]);
  const environment = componentEnvironment(cluster, componentOf(cluster, 'monolith'), {});
  expect(environment).toMatchObject({ WORKERS: '2' });
  const alone = componentEnvironment(all.monolith, componentOf(all.monolith, 'monolith'), {});
  expect(Object.keys(alone)).not.toContain('WORKERS');
});

test('a cluster has as many workers as are asked for', () => {
  const cluster = clusterAt(13_000, 8);
  const component = componentOf(cluster, 'monolith');
  expect(componentEnvironment(cluster, component, {})).toMatchObject({ WORKERS: '8' });
  expect(baseUrl(cluster)).toBe('http://127.0.0.1:13500');
  expect(componentOf(clusterAt(13_000, 1), 'monolith').workers).toBeUndefined();
});

test('reports keep columns in a file of their own, and rows once they have replicas', () => {
  const { microservices, serverless } = targetsAt();
  const urlIn = (target: Target) => {
    const reports = componentOf(target, 'reports');
    const file = databaseFile(target, reports);
    return componentEnvironment(target, reports, { databaseFile: file }).DATABASE_URL;
  };
  expect(urlIn(microservices)).toMatch(/^duckdb:\/.*microservices\/reports\.duckdb$/);
  const withTwo = withReplicas(microservices, { reports: 2 });
  expect(urlIn(withTwo)).toMatch(/^file:\/.*microservices\/reports\.db$/);
  const others = [...microservices.components, ...(serverless.functions ?? [])];
  expect(others.filter(({ keepsColumns }) => keepsColumns).map(({ name }) => name)).toEqual([
    'reports',
  ]);
});

test('replicas are told so, and their callers are told of all of them', () => {
  const target = withReplicas(targetsAt().microservices, { catalog: 2 });
  const of = (name: string) =>
    componentEnvironment(target, componentOf(target, name), {}) as Record<string, string>;
  expect(of('orders').CATALOG_URL).toBe('http://127.0.0.1:4001,http://127.0.0.1:4112');
  for (const name of ['catalog', 'catalog-2']) expect(of(name).SHARES_DATABASE).toBe('on');
  expect(Object.keys(of('orders'))).not.toContain('SHARES_DATABASE');
  const files = ['catalog', 'catalog-2'].map((name) =>
    databaseFile(target, componentOf(target, name)),
  );
  expect(files[1]).toBe(files[0]);
});

test('a port base that cannot be used is refused with the value and the range', () => {
  for (const text of ['abc', '80', '59212', '3000.5', '3e4'])
    expect(() => parsePortBase(text)).toThrow(`LAB_PORT_BASE is "${text}": give a whole number`);
  expect(parsePortBase(undefined)).toBe(3000);
});

test('every feature is in each target exactly once, in a process or a function', () => {
  for (const { components, functions = [] } of Object.values<Target>(targetsAt()))
    expect([...components, ...functions].flatMap((one) => one.features)).toEqual([...features]);
});

test('a cloud is one process with all its ports; its functions have databases, not ports', () => {
  const { serverless } = targetsAt(13_000);
  const [cloud, ...others] = serverless.components;
  expect([cloud?.port, ...(cloud?.otherPorts ?? [])].sort()).toEqual([15_000, 19_001, 19_324]);
  expect(others).toEqual([]);
  expect(baseUrl(serverless)).toMatch(
    /^http:\/\/127\.0\.0\.1:15000\/restapis\/[a-z0-9]{10}\/prod\/_user_request_$/,
  );
  const files = serverless.functions?.map((one) => databaseFile(serverless, one));
  expect(files?.map((file) => file?.split('/').slice(-2).join('/'))).toEqual(
    features.map((feature) => `serverless-13000/${feature}.db`),
  );
});

test('every dependency is a component of the same target', () => {
  const { microservices } = targetsAt();
  for (const { dependsOn } of microservices.components)
    for (const name of dependsOn) expect(componentOf(microservices, name).name).toBe(name);
});

test('a service is told its port, its database and where the others are', () => {
  const { microservices } = targetsAt();
  const orders = componentOf(microservices, 'orders');
  const databaseFile = '/tmp/orders.db';
  const extra = { LAB_CHAOS: 'off' };
  const environment = componentEnvironment(microservices, orders, { databaseFile, extra });
  expect(environment).toMatchObject({
    NODE_ENV: 'production',
    PORT: '4003',
    DATABASE_URL: 'file:/tmp/orders.db',
    PAYMENTS_URL: 'http://127.0.0.1:4004',
    LAB_CHAOS: 'off',
    LOG_LEVEL: 'warn',
  });
});

test('the monolith is told of no other service', () => {
  const { monolith } = targetsAt();
  const environment = componentEnvironment(monolith, componentOf(monolith, 'monolith'), {});
  expect(Object.keys(environment).filter((name) => name.endsWith('_URL'))).toEqual([]);
});
