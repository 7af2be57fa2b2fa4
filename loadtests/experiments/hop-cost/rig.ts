// hop-cost/rig.ts: a chain of real processes with a gateway in front, and who asks it.
// Started by the experiment; one request at a time, so what is measured is a service time.
import type { Order } from '@lab/shared/contract/orders.ts';
import { becomes, draftOrder } from '@lab/shared/domain/order.ts';
import { products } from '@lab/shared/fixtures/products.ts';
import { DEMO_CUSTOMER_KEY } from '@lab/shared/runtime/config.ts';
import { type ReferenceServer, startReference } from '../../bench/reference-servers.ts';
import { cpuMsOf } from '../../lab/cpu-clock.ts';
import type { Lab } from '../../lab/experiment.ts';
import { startClosedLoop } from '../../load/start-closed-loop.ts';
import { medianOf } from '../../statistics/quantile.ts';
import { freePort } from '../../targets/ports.ts';
import { startTarget } from '../../targets/process-platform.ts';
import { componentOf, features, targetsAt } from '../../targets/targets.ts';
import { hopCounts, type Transport } from './cells.ts';

export interface Errand {
  readonly transport: Transport;
  readonly hops: number;
  readonly workMs: number;
  /** Asked one after the other, at least 1. */
  readonly requests: number;
}

/** Of one request; CPU of all processes that serve. */
export interface HopCost {
  readonly latencyMsP50: number;
  readonly cpuUsPerRequest: number;
  /** Without a good answer. */
  readonly failed: number;
}

export type Ask = (errand: Errand) => Promise<HopCost>;

type Home = Pick<Lab, 'defer' | 'pinning' | 'portBase'>;

/** An order of some 1,000 bytes, as the contract has it. */
export function orderOfOneKilobyte(): Order {
  const lines = products.slice(0, 6).map(({ id }) => ({ productId: id, quantity: 2 }));
  const input = { customerId: 'cus_alice', lines, cardToken: 'tok_visa' };
  const placedAt = '2026-11-22T09:30:00.000Z';
  return becomes(
    draftOrder({ id: 'ord_01JZ3V5K8Q0000000000000000', input, products, placedAt }),
    'confirmed',
  );
}

/**
 * Starts a process for each component of the longest chain, the gateway and the asker.
 * @throws CannotStart
 */
export async function startHops(home: Home): Promise<Ask> {
  const chain = await startChain(home);
  const first = chain[0] as ReferenceServer;
  const gateway = await startGateway(home, first.url);
  const loop = await startClosedLoop(home.pinning.generatorLauncher);
  home.defer(loop.close);
  const pids = [gateway.pid, ...chain.map(({ pid }) => pid)];
  const body = JSON.stringify(orderOfOneKilobyte());
  const headers = { 'x-api-key': DEMO_CUSTOMER_KEY };
  return async ({ transport, hops, workMs, requests }) => {
    const inChain = transport === 'gateway' ? 'http' : transport;
    const entry = transport === 'gateway' ? gateway.url : first.url;
    const url = `${entry}/orders?transport=${inChain}&hops=${hops}&workMs=${workMs}`;
    const cpuFromMs = cpuMsOf(pids);
    const { latenciesMs, failed } = await loop.run({
      url,
      body,
      headers,
      connections: 1,
      requests,
    });
    const cpuMs = cpuMsOf(pids) - cpuFromMs;
    if (latenciesMs.length === 0) throw new Error(`Nobody answered well at ${url}.`);
    return {
      latencyMsP50: medianOf(latenciesMs),
      cpuUsPerRequest: (cpuMs * 1000) / requests,
      failed,
    };
  };
}

/** From the last to the first, as each must know the next one's address. */
async function startChain({ defer, pinning }: Home): Promise<ReferenceServer[]> {
  const chain: ReferenceServer[] = [];
  for (const _ of hopCounts) {
    // The last has nobody behind it and is never asked to go on.
    const env = { UPSTREAM: chain[0]?.url ?? 'http://127.0.0.1:9' };
    const server = await startReference('hop-server', env, pinning.serverCore);
    defer(server.stop);
    chain.unshift(server);
  }
  return chain;
}

/** The shop's own, from its zip, with the chain in the place of every service. */
async function startGateway({ defer, pinning, portBase }: Home, service: string) {
  const port = await freePort();
  const component = componentOf(targetsAt(portBase).microservices, 'gateway');
  const addresses = features.map((name) => [`${name.toUpperCase()}_URL`, service]);
  const running = await startTarget(
    {
      name: 'gateway',
      instance: `gateway-${portBase}`,
      frontDoor: 'gateway',
      components: [{ ...component, port, dependsOn: [] }],
    },
    {
      core: pinning.serverCore,
      env: { ...Object.fromEntries(addresses), RATE_LIMIT_RPS: '1000000' },
    },
  );
  defer(() => running.stop());
  return { url: running.baseUrl, pid: running.components[0]?.pid ?? 0 };
}
