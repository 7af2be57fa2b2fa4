// bench/comparisons.ts: the three comparisons: what is measured, against what, and how good it should be.
// Run by run-bench.ts, one after the other.
import { products } from '@lab/shared/fixtures/products.ts';
import { request } from 'undici';
import { databaseFile } from '../targets/databases.ts';
import type { RunningTarget } from '../targets/platform.ts';
import { componentOf, type Target, urlOf } from '../targets/targets.ts';
import { benchTargets, startForBench } from './bench-targets.ts';
import type { Arms } from './compare-arms.ts';
import type { Arm } from './measure.ts';
import type { Part } from './options.ts';
import { type ReferenceName, type ReferenceServer, startReference } from './reference-servers.ts';

export interface Setting {
  readonly portBase: number;
  readonly serverCore: number | undefined;
  /** Keeps what ends a server, for the end of the part and for Ctrl-C. */
  readonly defer: (stop: () => Promise<void>) => void;
}

export interface Comparison {
  readonly id: Part;
  readonly title: string;
  /** Least ratio of requests per CPU-second, ours to the reference's. */
  readonly aim: number;
  start(setting: Setting): Promise<Arms>;
}

export const comparisons: readonly Comparison[] = [
  {
    id: 'a',
    title: 'the monolith: one product from SQLite',
    aim: 0.8,
    async start(setting) {
      const { monolith } = benchTargets(setting.portBase);
      const shop = await startShop(monolith, setting);
      const bare = await startBare('bare-express', readingFrom(monolith, 'monolith'), setting);
      return armsOf('monolith', shop, bare, 'bare Express 5');
    },
  },
  {
    id: 'b',
    title: 'a service: one product from SQLite',
    aim: 0.8,
    async start(setting) {
      const { microservices } = benchTargets(setting.portBase);
      const alone = [componentOf(microservices, 'catalog')];
      const target = { ...microservices, frontDoor: 'catalog', components: alone };
      const shop = await startShop(target, setting);
      const bare = await startBare('bare-fastify', readingFrom(target, 'catalog'), setting);
      return armsOf('catalog', shop, bare, 'bare Fastify 5');
    },
  },
  {
    id: 'c',
    title: "the gateway's hop: the same catalog behind it",
    aim: 0.7,
    async start(setting) {
      const { microservices } = benchTargets(setting.portBase);
      const shop = await startShop(microservices, setting);
      const upstream = urlOf(componentOf(microservices, 'catalog'));
      const bare = await startBare('bare-proxy', { UPSTREAM: upstream }, setting);
      return armsOf('gateway', shop, bare, 'bare node:http proxy');
    },
  },
];

const startShop = (target: Target, { serverCore, defer }: Setting): Promise<RunningTarget> =>
  startForBench(target, defer, { core: serverCore });

async function startBare(
  name: ReferenceName,
  env: Readonly<Record<string, string>>,
  { serverCore, defer }: Setting,
): Promise<ReferenceServer> {
  const server = await startReference(name, env, serverCore);
  defer(server.stop);
  return server;
}

/** The very rows that the measured server made, in the file that it reads. */
function readingFrom(target: Target, name: string): Record<string, string> {
  return { DATABASE_FILE: databaseFile(target, componentOf(target, name)) ?? '' };
}

const path = `/products/${products[0]?.id}`;

function armsOf(name: string, shop: RunningTarget, bare: ReferenceServer, bareName: string): Arms {
  const status = shop.components.find((component) => component.name === name);
  const url = status?.url ?? '';
  const ours: Arm = {
    name,
    url: url + path,
    pid: status?.pid ?? 0,
    served: async () => productsServed(await textAt(`${url}/metrics`)),
  };
  const reference: Arm = {
    name: bareName,
    url: bare.url + path,
    pid: bare.pid,
    served: async () => Number(await textAt(`${bare.url}/served`)),
  };
  return { ours, reference };
}

/** On a connection of its own: one kept from the last block may just be timing out. */
async function textAt(url: string): Promise<string> {
  const { body } = await request(url, { reset: true });
  return body.text();
}

/** From Prometheus text; 0 before the first request. */
export function productsServed(metrics: string): number {
  const line = /^http_requests_total\{operation="getProduct",status="200"\} (\d+)$/m;
  return Number(line.exec(metrics)?.[1] ?? 0);
}
