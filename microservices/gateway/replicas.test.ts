// gateway/replicas.test.ts: several addresses for one service: spreading, leaving out, faults, topology.
// Run by vitest; the replicas are functions.
import { randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { answering, type Handler, send, serve, startGateway } from './fake-services.ts';

const instructor = { 'x-api-key': 'demo-instructor-one-shop', 'content-type': 'application/json' };
const dead = 'http://127.0.0.1:1';

/** A replica that answers with its name and counts whom it has served. */
async function replica(name: string, extra: Record<string, string> = {}) {
  const seen: string[] = [];
  const handler: Handler = async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    seen.push(`${request.method} ${request.url} ${body}`.trim());
    const fault = { component: 'catalog', fault: null, healsAt: null, hits: 1 };
    const isChaos = request.url?.startsWith('/chaos') === true;
    response.writeHead(200, { 'content-type': 'application/json', ...extra });
    response.end(JSON.stringify(isChaos ? fault : name));
  };
  return { url: await serve(handler), seen };
}

const gatewayTo = (...urls: string[]) => startGateway({}, { CATALOG_URL: urls.join(',') });

async function askTimes(url: string, times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let count = 0; count < times; count += 1)
    statuses.push((await send(`${url}/products`)).status ?? 0);
  return statuses;
}

test('replicas share the requests', async () => {
  const [one, two] = [await replica('one'), await replica('two')];
  await askTimes(await gatewayTo(one.url, two.url), 20);
  expect([one.seen.length, two.seen.length]).toEqual([10, 10]);
});

test('a busy replica is passed over for an idle one', async () => {
  const waiting: (() => void)[] = [];
  const slow = await serve((_request, response) => waiting.push(() => response.end('"slow"')));
  const quick = await replica('quick');
  const url = await gatewayTo(slow, quick.url);
  const first = [send(`${url}/products`), send(`${url}/products`)];
  await vi.waitFor(() => expect(waiting).toHaveLength(1), 5000);
  await askTimes(url, 9);
  expect([waiting.length, quick.seen.length]).toEqual([1, 10]);
  waiting[0]?.();
  await Promise.all(first);
});

test('what a dead replica refuses is served by another, its body too', async () => {
  const alive = await replica('alive');
  const url = await startGateway({}, { ORDERS_URL: `${dead},${alive.url}` });
  const headers = { 'x-api-key': 'demo-student-one-shop', 'content-type': 'application/json' };
  for (const _ of [1, 2, 3, 4]) {
    const body = randomBytes(20_000).toString('hex').slice(0, 30_000);
    const { status } = await send(`${url}/orders`, {
      method: 'POST',
      headers,
      body: Buffer.from(body),
    });
    expect(status).toBe(200);
    expect(alive.seen.at(-1)).toBe(`POST /orders ${body}`);
  }
});

test('a replica that is away has no name, and costs nothing either', async () => {
  const alive = await replica('alive');
  const url = await gatewayTo('http://nobody.invalid:4001', alive.url);
  expect(await askTimes(url, 6)).toEqual(Array.from({ length: 6 }, () => 200));
});

test('a request that a replica may have seen is not sent again', async () => {
  const served: string[] = [];
  const breaking = await serve((request) => {
    served.push('breaking');
    request.socket.destroy();
  });
  const alive = await replica('alive');
  const statuses = await askTimes(await gatewayTo(breaking, alive.url), 10);
  expect(served).toHaveLength(1);
  expect(statuses.filter((status) => status === 503)).toHaveLength(1);
  expect(alive.seen).toHaveLength(9);
});

test('a replica that was left out is used again', async () => {
  let broken = false;
  const breaking = await serve((request, response) => {
    if (broken) return response.end('"back"');
    broken = true;
    request.socket.destroy();
  });
  const url = await gatewayTo(breaking, (await replica('other')).url);
  await askTimes(url, 4);
  await vi.waitFor(async () => expect((await send(`${url}/products`)).text).toBe('"back"'), {
    timeout: 8000,
    interval: 20,
  });
});

test('a replica that says it is leaving gets nothing more', async () => {
  const leaving = await replica('leaving', { connection: 'close' });
  const staying = await replica('staying');
  await askTimes(await gatewayTo(leaving.url, staying.url), 10);
  expect([leaving.seen.length, staying.seen.length]).toEqual([1, 9]);
});

test('when all replicas are dead the service is named', async () => {
  const url = await gatewayTo(dead, dead);
  const { status, text } = await send(`${url}/products`);
  expect([status, JSON.parse(text).dependency]).toEqual([503, 'catalog']);
});

test('a fault that ends a process is set at one replica, any other at all, and hits add up', async () => {
  const [one, two] = [await replica('one'), await replica('two')];
  const url = await gatewayTo(one.url, two.url);
  const set = async (kind: string) => {
    const body = Buffer.from(JSON.stringify({ kind }));
    return send(`${url}/chaos/catalog`, { method: 'PUT', headers: instructor, body });
  };
  expect((await set('crash')).status).toBe(200);
  expect([one.seen.length, two.seen.length]).toEqual([1, 0]);
  expect(JSON.parse((await set('error')).text)).toMatchObject({ component: 'catalog', hits: 2 });
  expect([one.seen.length, two.seen.length]).toEqual([2, 1]);
  await send(`${url}/chaos/catalog`, { method: 'DELETE', headers: instructor });
  expect([one.seen.length, two.seen.length]).toEqual([3, 2]);
});

test('a dead replica is named among the unreachable, and faults go to the one that lives', async () => {
  const alive = await replica('alive');
  const url = await gatewayTo(dead, alive.url);
  const body = Buffer.from('{"kind":"crash"}');
  const set = await send(`${url}/chaos/catalog`, { method: 'PUT', headers: instructor, body });
  expect(set.status).toBe(200);
  expect(alive.seen).toEqual(['PUT /chaos/catalog {"kind":"crash"}']);
  const { unreachable } = JSON.parse((await send(`${url}/chaos`, { headers: instructor })).text);
  expect(unreachable).toContain('catalog');
  expect(unreachable).not.toContain('catalog-2');
});

test('each replica is in the topology, their database once', async () => {
  const asOf = '2026-11-22T09:30:00.000Z';
  const part = (name: string, kind: string) => ({
    name,
    kind,
    dependsOn: [],
    health: 'up',
    asOf,
  });
  const components = [part('catalog', 'process'), part('catalog-database', 'database')];
  const says = answering(200, { shape: 'microservices', components });
  const url = await gatewayTo(await serve(says), await serve(says), dead);
  const told = JSON.parse((await send(`${url}/topology`)).text) as {
    components: { name: string; health: string }[];
  };
  const ours = told.components.filter(({ name }) => name.startsWith('catalog'));
  expect(ours.map(({ name, health }) => `${name} ${health}`)).toEqual([
    'catalog up',
    'catalog-database up',
    'catalog-2 up',
    'catalog-3 down',
  ]);
  expect((await send(`${url}/health`)).status).toBe(200);
});
