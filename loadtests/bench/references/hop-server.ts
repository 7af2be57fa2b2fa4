// references/hop-server.ts: one of a chain: works, and hands the order on as a call, as JSON or by HTTP.
// Bundled and started by servers.ts; what a hop costs is measured on it.
import { operation } from '@lab/shared/contract/operation.ts';
import { Order } from '@lab/shared/contract/orders.ts';
import { type Part, partValidator } from '@lab/shared/contract/validate.ts';
import { type Call, callFrom } from '@lab/shared/runtime/call.ts';
import { createHttpClient } from '@lab/shared/runtime/http-client.ts';
import { fastify } from 'fastify';
import { type TSchema, Type } from 'typebox';
import { port, upstream } from './settings.ts';

const Hops = Type.Object({
  transport: Type.Enum(['call', 'json', 'http']),
  /** Left to go from here. */
  hops: Type.Integer({ minimum: 0, maximum: 5 }),
  workMs: Type.Number({ minimum: 0, maximum: 100 }),
});

/** Its path is that of the checkout, so that the gateway passes it on like any other. */
const hop = operation({
  id: 'hop',
  summary: 'Work, then hand on',
  feature: 'orders',
  access: 'internal',
  method: 'POST',
  path: '/orders',
  query: Hops,
  body: Order,
  status: 200,
  answer: Order,
});

interface Errand {
  readonly order: Order;
  readonly hops: number;
  readonly workMs: number;
  readonly call: Call;
}

// The services' own client, with as many connections as they have.
const next = createHttpClient({ name: 'next', baseUrls: [upstream], timeoutMs: 10_000 });

const copied = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

/** What becomes of an order one hop further on, by each transport. */
const handOn = {
  call: (errand: Errand): Promise<Order> => work(errand, handOn.call),
  // There and back, as with a request and its answer.
  json: async ({ order, ...rest }: Errand): Promise<Order> =>
    copied(await work({ ...rest, order: copied(order) }, handOn.json)),
  http: ({ order, hops, workMs, call }: Errand): Promise<Order> =>
    next.send(hop, { query: { transport: 'http', hops, workMs }, body: order }, call),
};

async function work(errand: Errand, further: (errand: Errand) => Promise<Order>): Promise<Order> {
  spin(errand.workMs);
  return errand.hops === 0 ? errand.order : further({ ...errand, hops: errand.hops - 1 });
}

/** Stands for a component's own work. */
function spin(forMs: number): void {
  const endMs = performance.now() + forMs;
  while (performance.now() < endMs);
}

const app = fastify();
// As the services have it: their validators, their schemas for what comes in and goes out.
app.setValidatorCompiler(({ schema, httpPart }) =>
  partValidator(schema as TSchema, httpPart === 'querystring' ? 'query' : (httpPart as Part)),
);
app.post<{ Querystring: Type.Static<typeof Hops>; Body: Order }>(
  hop.path,
  { schema: { querystring: Hops, body: Order, response: { 200: Order } } },
  async ({ query, body: order, headers, id }) => {
    const { transport, hops, workMs } = query;
    return work({ order, hops, workMs, call: callFrom(headers, id) }, handOn[transport]);
  },
);
// The second is asked by the gateway, which is ready when its services are.
for (const path of ['/served', '/health']) app.get(path, async () => 0);
await app.listen({ port, host: '127.0.0.1' });
