// targets/replicas.ts: a target in which some services run as several processes.
// Called by process-platform.ts with what an experiment asks for.
import { CannotStart } from './cannot-start.ts';
import { type Component, componentOf, type Target } from './targets.ts';

/** How many processes of each component; those that are not named have one. */
export type ReplicaCounts = Readonly<Record<string, number>>;

const mostReplicas = 9;
/** From the gateway's port to those of the replicas: catalog-2 is 4112, orders-3 is 4133. */
const replicaOffset = 100;

/**
 * Adds `catalog-2`, `catalog-3` … behind `catalog`, which is the first replica and keeps its port.
 * Replicas of a service share its one database file.
 * @throws CannotStart for a component that is no service, or a number outside 1–9
 */
export function withReplicas(target: Target, counts: ReplicaCounts = {}): Target {
  for (const [name, count] of Object.entries(counts)) check(target, name, count);
  const components = target.components.flatMap((component) =>
    Array.from({ length: counts[component.name] ?? 1 }, (_, index) =>
      index === 0 ? component : replicaOf(target, component, index + 1),
    ),
  );
  return { ...target, components };
}

/** The component and its replicas, by the name of any of them. */
export function replicasOf(target: Target, name: string): readonly Component[] {
  const { name: own, replicaOf: first = own } = componentOf(target, name);
  return target.components.filter((one) => one.name === first || one.replicaOf === first);
}

function check(target: Target, name: string, count: number): void {
  const { name: known, features } = componentOf(target, name);
  if (known === target.frontDoor || features.length !== 1)
    throw new CannotStart(`${name} cannot have replicas: choose a service behind the gateway.`);
  if (!Number.isInteger(count) || count < 1 || count > mostReplicas)
    throw new CannotStart(`${name} is to have ${count} replicas: give 1 to ${mostReplicas}.`);
}

function replicaOf(target: Target, component: Component, number: number): Component {
  const place = target.components.indexOf(component);
  const base = componentOf(target, target.frontDoor).port + replicaOffset;
  return {
    ...component,
    name: `${component.name}-${number}`,
    port: base + 10 * place + number,
    features: [],
    replicaOf: component.name,
  };
}
