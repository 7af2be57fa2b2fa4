// gateway/topology.ts: the whole shop as the front door sees it: every service, its database, who needs whom.
// Called by app.ts.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import type { Topology, TopologyPart } from '@lab/shared/contract/topology.ts';
import type { Replica, Services } from './services.ts';

/**
 * Asks every replica of every service for its own topology; one that does not answer is down.
 * @param longestMs longer than a service waits for a neighbour that hangs, or it would look down as well
 */
export async function shopTopology(
  shape: string,
  services: Services,
  longestMs: number,
): Promise<Topology> {
  const replicas = features.flatMap((feature) =>
    services[feature].replicas.map((replica) => ({ feature, ...replica })),
  );
  const asked = await Promise.all(replicas.map((replica) => partsOf(replica, longestMs)));
  const gateway: TopologyPart = {
    name: 'gateway',
    kind: 'process',
    dependsOn: [...features],
    health: 'up',
    asOf: new Date().toISOString(),
  };
  const parts = [gateway, ...asked.flat()];
  // Replicas share a database, and each of them speaks of it.
  const isFirst = ({ name }: TopologyPart, at: number) =>
    parts.findIndex((part) => part.name === name) === at;
  return { shape, components: parts.filter(isFirst) };
}

async function partsOf(
  replica: Replica & { feature: Feature },
  longestMs: number,
): Promise<TopologyPart[]> {
  const { feature, name, pool } = replica;
  const database = `${feature}-database`;
  try {
    const signal = AbortSignal.timeout(longestMs);
    const answer = await pool.request({ path: '/topology', method: 'GET', signal });
    const { components } = (await answer.body.json()) as Topology;
    // A service lists its neighbours too; each neighbour speaks for itself here.
    return components
      .filter((part) => part.name === feature || part.name === database)
      .map((part) => (part.name === feature ? { ...part, name } : part));
  } catch {
    const asOf = new Date().toISOString();
    return [{ name, kind: 'process', dependsOn: [database], health: 'down', asOf }];
  }
}
