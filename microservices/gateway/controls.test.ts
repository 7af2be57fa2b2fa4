// gateway/controls.test.ts: the faults and the topology of the whole shop, asked at the front door.
// Run by vitest; the services are functions.
import { processKinds } from '@lab/shared/contract/chaos.ts';
import { features } from '@lab/shared/contract/operation.ts';
import { expect, test } from 'vitest';
import { answering, type Handler, send, startGateway } from './fake-services.ts';

const instructor = { 'x-api-key': 'demo-instructor-one-shop', 'content-type': 'application/json' };
const kinds = [...processKinds];
const healthy = (component: string) => ({ component, fault: null, healsAt: null, hits: 0, kinds });

/** Six services that answer with their state, and what they were asked. */
function sixServices() {
  const asked: string[] = [];
  const service =
    (name: string): Handler =>
    async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      asked.push(`${request.method} ${request.url} ${request.headers['x-api-key']} ${body}`.trim());
      answering(200, healthy(name))(request, response);
    };
  const all = Object.fromEntries(features.map((name) => [name, service(name)]));
  return { asked, all };
}

test('all switches are the gateway’s and those of the services, who are asked', async () => {
  const { asked, all } = sixServices();
  const { text } = await send(`${await startGateway(all)}/chaos`, { headers: instructor });
  const components = ['gateway', ...features].map(healthy);
  expect(JSON.parse(text)).toEqual({ components, unreachable: [] });
  expect(asked.sort()).toEqual(
    features.map((name) => `GET /chaos/${name} demo-instructor-one-shop`).sort(),
  );
});

test('a fault is set by the service it is for, and by no other', async () => {
  const { asked, all } = sixServices();
  const url = await startGateway(all);
  const body = Buffer.from('{"kind":"latency","latencyMs":5}');
  const sent = { method: 'PUT', headers: instructor, body };
  const { status, text } = await send(`${url}/chaos/payments`, sent);
  expect([status, JSON.parse(text)]).toEqual([200, healthy('payments')]);
  expect(asked).toEqual([`PUT /chaos/payments demo-instructor-one-shop ${body}`]);
});

test.each(['GET', 'PUT', 'DELETE'])(
  '%s of a name nobody has is told all there are',
  async (method) => {
    const url = await startGateway({});
    const body = method === 'PUT' ? { body: Buffer.from('{"kind":"error"}') } : {};
    const { status, text } = await send(`${url}/chaos/nope`, {
      method,
      headers: instructor,
      ...body,
    });
    const names = 'gateway, catalog, inventory, orders, payments, notifications, reports';
    expect([status, JSON.parse(text).detail]).toEqual([404, `There is no nope here: ${names}.`]);
  },
);

test.each([
  { kind: 'slow-query', queryMs: 5 },
  { kind: 'db-lock', lockMs: 5 },
  { kind: 'pool', holdMs: 5 },
])('the gateway has no database, so it refuses $kind and says what it takes', async (fault) => {
  const url = await startGateway({});
  const body = Buffer.from(JSON.stringify(fault));
  const { status, text } = await send(`${url}/chaos/gateway`, {
    method: 'PUT',
    headers: instructor,
    body,
  });
  const detail = `body/kind ${fault.kind} wants a database, and gateway has none: choose one of ${kinds.join(', ')}.`;
  expect([status, JSON.parse(text).detail]).toEqual([400, detail]);
});

test('a service’s refusal passes with all it says', async () => {
  const refusal = {
    type: 'urn:problem:invalid-request',
    title: 'The request does not fit the contract',
    status: 400,
    code: 'INVALID_REQUEST',
    detail: 'body/kind is wrong.',
    errors: [{ at: 'body/kind', problem: 'is wrong' }],
  };
  const url = await startGateway({ payments: answering(400, refusal) });
  const sent = { method: 'PUT', headers: instructor, body: Buffer.from('{"kind":"nap"}') };
  const { status, text } = await send(`${url}/chaos/payments`, sent);
  expect([status, JSON.parse(text)]).toEqual([400, refusal]);
});

test.each([
  ['no key', {}, 401],
  ['the customer’s key', { 'x-api-key': 'demo-student-one-shop' }, 403],
])('with %s no service is even asked', async (_what, headers, status) => {
  const { asked, all } = sixServices();
  const url = await startGateway(all);
  for (const path of ['/chaos', '/chaos/gateway', '/chaos/payments']) {
    expect((await send(url + path, { headers: headers as Record<string, string> })).status).toBe(
      status,
    );
  }
  expect(asked).toEqual([]);
});

test('where faults are off there is nothing, not even at a service', async () => {
  const { asked, all } = sixServices();
  const url = await startGateway(all, { LAB_CHAOS: 'off' });
  for (const path of ['/chaos', '/chaos/payments']) {
    expect((await send(url + path, { headers: instructor })).status).toBe(404);
  }
  expect(asked).toEqual([]);
});

test('a dead service is named, and the others are healed all the same', async () => {
  const { asked, all } = sixServices();
  const { payments: _dead, ...alive } = all;
  const sent = { method: 'DELETE', headers: instructor };
  const { status, text } = await send(`${await startGateway(alive)}/chaos`, sent);
  const { components, unreachable } = JSON.parse(text);
  expect([status, unreachable]).toEqual([200, ['payments']]);
  expect(components).toHaveLength(6);
  expect(asked).toHaveLength(5);
});

test('the topology is what each service says of itself; one that is dead is down', async () => {
  const asOf = '2026-11-22T09:30:00.000Z';
  const part = (name: string, dependsOn: string[] = []) => ({
    name,
    kind: name.endsWith('database') ? 'database' : 'process',
    dependsOn,
    health: 'up',
    asOf,
  });
  const orders = [part('orders', ['orders-database', 'payments']), part('orders-database')];
  const told = { shape: 'microservices', components: [...orders, part('payments')] };
  const url = await startGateway({ orders: answering(200, told) });
  const { components } = JSON.parse((await send(`${url}/topology`)).text);
  const [gateway, ...rest] = components;
  expect(gateway).toMatchObject({ name: 'gateway', health: 'up', dependsOn: features });
  expect(rest.filter(({ health }: { health: string }) => health === 'up')).toEqual(orders);
  const down = rest.filter(({ health }: { health: string }) => health === 'down');
  const others = features.filter((name) => name !== 'orders');
  expect(down.map(({ name }: { name: string }) => name)).toEqual(others);
});
