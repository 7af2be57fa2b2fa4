// targets/compose/override.ts: what the lab lays over docker-compose.yml: ports, replicas, settings, images.
// Written by compose-platform.ts before every `docker compose up`; pure.
import { DEMO_CUSTOMER_KEY, DEMO_INSTRUCTOR_KEY } from '@lab/shared/runtime/config.ts';
import { sharingOf } from '../component-environment.ts';
import type { StartOptions } from '../platform.ts';
import { defaultPortBase } from '../port-base.ts';
import { type Component, type Target, targetsAt } from '../targets.ts';
import { composeFile, labName, type Profile } from './project.ts';

/** What a deployment has changed since the start. */
export interface Deployed {
  readonly image?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

interface Service {
  readonly extends?: { readonly file: string; readonly service: string };
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Of the front door, docker-compose.yml says it. */
  readonly ports?: readonly string[];
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
}

/** The service of a component's own PostgreSQL. */
export const databaseOf = ({ name, replicaOf }: Component) => `${replicaOf ?? name}-db`;

/** One image for a component and its replicas; another checkout of the repository has its own. */
export const imageOf = ({ name, replicaOf }: Component) => `${labName}-${replicaOf ?? name}`;

export function profileOf(target: Target): Profile {
  return target.components.length === 1 ? 'monolith' : 'microservices';
}

export function overrideOf(
  target: Target,
  options: StartOptions,
  deployed: ReadonlyMap<string, Deployed>,
): ComposeFile {
  const services = target.components.map((component) => {
    const { image, env } = deployed.get(component.name) ?? {};
    const service: Service = {
      ...(component.replicaOf !== undefined && {
        extends: { file: composeFile, service: component.replicaOf },
      }),
      image: image ?? imageOf(component),
      environment: { ...environmentOf(target, component, options), ...env },
      ...(component.name !== target.frontDoor && {
        ports: [`127.0.0.1:${component.port}:${innerPortOf(component)}`],
      }),
    };
    return [component.name, service] as const;
  });
  return { services: Object.fromEntries(services) };
}

/** In its container every component listens where it does on a machine of its own. */
function innerPortOf({ name, replicaOf = name }: Component): number {
  const { monolith, microservices } = targetsAt(defaultPortBase);
  const all = [...monolith.components, ...microservices.components];
  return all.find((one) => one.name === replicaOf)?.port ?? defaultPortBase;
}

function environmentOf(target: Target, component: Component, options: StartOptions) {
  return {
    LAB_CHAOS: 'on',
    LOG_LEVEL: options.logLevel ?? 'warn',
    // A lab uses the demo's keys, whatever .env.keys says.
    CUSTOMER_KEYS: DEMO_CUSTOMER_KEY,
    INSTRUCTOR_KEY: DEMO_INSTRUCTOR_KEY,
    ...addressesOfReplicas(target),
    ...sharingOf(target, component),
    ...(options.nodeFlags !== undefined && { NODE_OPTIONS: options.nodeFlags.join(' ') }),
    ...options.env,
  };
}

/** CATALOG_URL=http://catalog:4001,http://catalog-2:4001: by the names their network knows. */
function addressesOfReplicas(target: Target): Record<string, string> {
  const replicated = new Set(target.components.flatMap(({ replicaOf }) => replicaOf ?? []));
  return Object.fromEntries(
    [...replicated].map((name) => [
      `${name.toUpperCase()}_URL`,
      target.components
        .filter((one) => one.name === name || one.replicaOf === name)
        .map((one) => `http://${one.name}:${innerPortOf(one)}`)
        .join(),
    ]),
  );
}
