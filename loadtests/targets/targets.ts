// targets/targets.ts: the one table of what can be started: names, folders, ports, dependencies.
// Read by the platforms, which run it, and by the experiments, which break it.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { CannotStart } from './cannot-start.ts';
import { defaultPortBase } from './port-base.ts';
import { serverlessTarget } from './serverless-target.ts';
import type { Swap } from './swap.ts';

export { type Feature, features };

/** One deployable: its own zip, its own process and, mostly, its own database. */
export interface Component {
  readonly name: string;
  /** Relative to the root of the repository; holds server.ts. */
  readonly folder: string;
  /** TCP port on 127.0.0.1, LAB_PORT_BASE already applied. */
  readonly port: number;
  readonly hasDatabase: boolean;
  /** Its one process keeps its rows in columns, whose engine travels in its zip. */
  readonly keepsColumns?: boolean;
  readonly hasApiDocs: boolean;
  /** The storefront travels in its zip. */
  readonly hasShop?: boolean;
  /** Names of the components it calls. */
  readonly dependsOn: readonly string[];
  /** Features that are gone while this component is down by itself; none for the gateway. */
  readonly features: readonly Feature[];
  /** The files that its zip starts with, without `.ts`; `server` unless given. */
  readonly entries?: readonly string[];
  /** What it is built with in place of its own files; none outside the control arms. */
  readonly swap?: Swap;
  /** Set from the second replica on: the component whose artefact and database it uses. */
  readonly replicaOf?: string | undefined;
  /** How many processes it forks to share its port; undefined: it serves by itself. */
  readonly workers?: number | undefined;
  /** More ports of 127.0.0.1 that its process listens on. */
  readonly otherPorts?: readonly number[];
  /** Files that travel in its zip beside server.mjs, relative to the root of the repository. */
  readonly files?: readonly string[];
}

/** One shape of the shop. */
export interface Target {
  readonly name: string;
  /** Folder of its databases and logs: two labs on different ports must not share them. */
  readonly instance: string;
  /** The component customers call. */
  readonly frontDoor: string;
  readonly components: readonly Component[];
  /** Path of the front door's address; none unless given. */
  readonly basePath?: string;
  /** Of the serverless shape: what its one component runs in processes that come and go, without ports. */
  readonly functions?: readonly Component[];
}

const serviceDependencies: Record<Feature, readonly Feature[]> = {
  catalog: [],
  inventory: [],
  orders: ['catalog', 'inventory', 'payments', 'notifications', 'reports'],
  payments: [],
  notifications: [],
  reports: [],
};

const clusterOffset = 500;
const gatewayOffset = 1000;

/**
 * The three shapes, with their ports shifted.
 * @param portBase the monolith's port; gateway 1000 above it, services 1001–1006, cloud 2000 to 6324
 */
export function targetsAt(portBase: number = defaultPortBase) {
  return {
    monolith: monolithAt(portBase),
    microservices: microservicesAt(portBase),
    serverless: serverlessAt(portBase),
  };
}

/** Those and the monolith as a cluster of two workers, 500 above: all that can be asked for by name. */
export function shapesAt(portBase: number = defaultPortBase) {
  const { monolith, ...others } = targetsAt(portBase);
  return { monolith, 'monolith-cluster': clusterAt(portBase), ...others };
}

/**
 * The monolith as a cluster, 500 above.
 * @param workers 1–16; one serves by itself, without a primary
 */
export function clusterAt(portBase: number = defaultPortBase, workers = 2): Target {
  const { components, ...monolith } = monolithAt(portBase);
  return {
    ...monolith,
    name: 'monolith-cluster',
    instance: instanceOf('monolith-cluster', portBase),
    components: components.map((one) => ({
      ...one,
      port: one.port + clusterOffset,
      workers: workers > 1 ? workers : undefined,
    })),
  };
}

/** @throws CannotStart naming the components there are */
export function componentOf(target: Target, name: string): Component {
  const found = target.components.find((component) => component.name === name);
  if (found !== undefined) return found;
  const names = target.components.map((component) => component.name).join(', ');
  throw new CannotStart(`${target.name} has no component "${name}": choose one of ${names}.`);
}

/** The component's own address, without a trailing slash. */
export function urlOf(component: Component): string {
  return `http://127.0.0.1:${component.port}`;
}

/** Where customers, and every experiment, send their requests. */
export function baseUrl(target: Target): string {
  return `${urlOf(componentOf(target, target.frontDoor))}${target.basePath ?? ''}`;
}

function monolithAt(portBase: number): Target {
  return {
    name: 'monolith',
    instance: instanceOf('monolith', portBase),
    frontDoor: 'monolith',
    components: [
      {
        name: 'monolith',
        folder: 'monolith',
        port: portBase,
        hasDatabase: true,
        hasApiDocs: true,
        hasShop: true,
        dependsOn: [],
        features,
        // The reader of reports, where they are read apart: docs/decisions/0037
        entries: ['server', 'reader'],
      },
    ],
  };
}

function microservicesAt(portBase: number): Target {
  const gateway: Component = {
    name: 'gateway',
    folder: 'microservices/gateway',
    port: portBase + gatewayOffset,
    hasDatabase: false,
    hasApiDocs: true,
    hasShop: true,
    dependsOn: features,
    features: [],
  };
  const services = features.map((feature, index) => ({
    ...serviceOf(feature, gateway.port + 1 + index),
    // A function has no disk for them.
    ...(feature === 'reports' && { keepsColumns: true }),
  }));
  return {
    name: 'microservices',
    instance: instanceOf('microservices', portBase),
    frontDoor: 'gateway',
    components: [gateway, ...services],
  };
}

function serviceOf(feature: Feature, port: number): Component {
  return {
    name: feature,
    folder: `microservices/${feature}`,
    port,
    hasDatabase: true,
    hasApiDocs: true,
    dependsOn: serviceDependencies[feature],
    features: [feature],
  };
}

function serverlessAt(portBase: number): Target {
  const functions = features.map((feature) => serviceOf(feature, portBase));
  return { ...serverlessTarget(portBase, functions), instance: instanceOf('serverless', portBase) };
}

/** The plain name, with the port base behind it where that is not the default. */
export function instanceOf(name: string, portBase: number): string {
  return portBase === defaultPortBase ? name : `${name}-${portBase}`;
}
