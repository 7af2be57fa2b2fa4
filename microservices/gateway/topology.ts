// gateway/topology.ts: the whole shop as the front door sees it: every service, its database, who needs whom.
// Called by app.ts.
import { features } from '@lab/shared/contract/operation.ts';
import type { Topology, TopologyPart } from '@lab/shared/contract/topology.ts';
import type { Services } from './services.ts';

const LONGEST_MS = 1000;

/** Asks every service for its own topology; one that does not answer is down. */
export async function shopTopology(services: Services): Promise<Topology> {
  const asked = await Promise.all(features.map((name) => partsOf(services, name)));
  const gateway: TopologyPart = {
    name: 'gateway',
    kind: 'process',
    dependsOn: [...features],
    health: 'up',
    asOf: new Date().toISOString(),
  };
  return { shape: 'microservices', components: [gateway, ...asked.flat()] };
}

async function partsOf(services: Services, name: keyof Services): Promise<TopologyPart[]> {
  try {
    const signal = AbortSignal.timeout(LONGEST_MS);
    const answer = await services[name].pool.request({ path: '/topology', method: 'GET', signal });
    const { components } = (await answer.body.json()) as Topology;
    // A service lists its neighbours too; each neighbour speaks for itself here.
    return components.filter((part) => part.name === name || part.name === `${name}-database`);
  } catch {
    const asOf = new Date().toISOString();
    return [{ name, kind: 'process', dependsOn: [`${name}-database`], health: 'down', asOf }];
  }
}
