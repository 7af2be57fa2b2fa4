// targets/component-environment.ts: the variables that each deployable is started with.
// Called by process-platform.ts; what is shared, by the containers' override as well.
import { databaseUrl } from './databases.ts';
import { type Component, type Target, urlOf } from './targets.ts';

/** Of a process that is not the only one: long enough for its callers to hear that it leaves. */
const drainMs = 300;

/** What differs from one start to the next. */
export interface EnvironmentChoices {
  /** Absolute path; undefined for a component without a database. */
  readonly databaseFile?: string | undefined;
  /** A pino level; default `warn`, the level every measured run uses. */
  readonly logLevel?: string | undefined;
  /** Wins over everything the lab sets. */
  readonly extra?: Readonly<Record<string, string>> | undefined;
}

/** The variables a deployable is started with; the caller's own environment is not part of them. */
export function componentEnvironment(
  target: Target,
  component: Component,
  choices: EnvironmentChoices,
): Record<string, string> {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(component.port),
    LAB_CHAOS: 'on',
    LOG_LEVEL: choices.logLevel ?? 'warn',
    ...(choices.databaseFile === undefined
      ? {}
      : { DATABASE_URL: databaseUrl(choices.databaseFile) }),
    ...addressesOf(target),
    ...sharingOf(target, component),
    ...choices.extra,
  };
}

/** CATALOG_URL, ORDERS_URL …: each process gets all of them and reads what it needs. */
function addressesOf(target: Target): Record<string, string> {
  const addresses: Record<string, string> = {};
  for (const component of target.components) {
    if (component.name === target.frontDoor) continue;
    const name = `${(component.replicaOf ?? component.name).toUpperCase()}_URL`;
    const before = addresses[name];
    addresses[name] = before === undefined ? urlOf(component) : `${before},${urlOf(component)}`;
  }
  return addresses;
}

/** What a process must know that shares its work, and its database, with others. */
export function sharingOf(target: Target, { name, replicaOf, workers }: Component) {
  const sharing: Record<string, string> = {};
  const isReplica =
    replicaOf !== undefined || target.components.some((one) => one.replicaOf === name);
  if (isReplica) sharing.SHARES_DATABASE = 'on';
  if (workers !== undefined) sharing.WORKERS = String(workers);
  if (isReplica || workers !== undefined) sharing.DRAIN_MS = String(drainMs);
  return sharing;
}
