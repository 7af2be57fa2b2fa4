// runtime/topology.ts: what a process consists of, each part with its health as of when it was asked.
// Called by each app.ts; the gateway adds the services behind it.
import type { Topology, TopologyPart } from '../contract/topology.ts';
import { type About, checkAll } from './operating.ts';

/**
 * One process: itself, its features, and what it depends on.
 * @param features the rooms of the process; a service has none beside itself
 */
export function topologyOfProcess(
  shape: string,
  component: string,
  features: readonly string[],
  dependencies: About['dependencies'],
): () => Promise<Topology> {
  return async () => {
    const found = await checkAll(dependencies);
    const asOf = new Date().toISOString();
    const partName = (name: string) => (name === 'database' ? `${component}-database` : name);
    const names = found.map(({ name }) => partName(name));
    const own = { health: 'up', asOf } as const;
    const parts: TopologyPart[] = [
      { name: component, kind: 'process', dependsOn: [...features, ...names], ...own },
      ...features.map((name) => ({ name, kind: 'feature' as const, dependsOn: names, ...own })),
      ...found.map(({ name, health }) => ({
        name: partName(name),
        kind: name === 'database' ? ('database' as const) : ('process' as const),
        dependsOn: [],
        health,
        asOf,
      })),
    ];
    return { shape, components: parts };
  };
}
