// deploy/resource.ts: what a handler of a resource type is given, and what it gives back.
// Used by deploy.ts and by the handlers in kinds/.
import type { LocalCloud } from './cloud.ts';
import { CannotDeploy, isMap } from './template.ts';

/** A type of resources that the local cloud has, or takes without doing anything. */
export interface Kind {
  /** The properties that it looks at, and those that make no difference here; others are refused. */
  readonly takes: readonly string[];
  make(resource: Resource, deployment: Deployment): Made | Promise<Made>;
}

export type Kinds = Readonly<Record<string, Kind>>;

/** With its properties resolved. */
export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  /** What it is called when the template gives it no name. */
  readonly defaultName: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Made {
  /** What Ref gives. */
  readonly ref: string;
  /** What GetAtt gives. */
  readonly attributes?: Readonly<Record<string, string>>;
  remove?(): unknown;
}

/** What handlers share during a deployment. */
export interface Deployment {
  readonly cloud: LocalCloud;
  /** By `<id of the API>/<stage>`: where it is on this machine. */
  readonly invokeUrls: Map<string, string>;
  /** By name, in seconds: how long a function may take. */
  readonly timeouts: Map<string, number>;
  /** By the Ref of a usage plan: its keys, which the template adds one by one. */
  readonly planKeys: Map<string, string[]>;
  /** Runs when every resource is made. */
  atEnd(step: () => unknown): void;
}

/** @throws CannotDeploy when it is missing or no text */
export function text(resource: Resource, name: string): string {
  const found = optionalText(resource, name);
  if (found === undefined) throw missing(resource, name);
  return found;
}

export function optionalText(resource: Resource, name: string): string | undefined {
  const value = resource.properties[name];
  if (value === undefined) return undefined;
  if (['string', 'number', 'boolean'].includes(typeof value)) return String(value);
  throw wrong(resource, name, 'a text');
}

/** CloudFormation takes `'20'` for 20. */
export function optionalNumber(resource: Resource, name: string): number | undefined {
  const found = optionalText(resource, name);
  if (found === undefined || (found.trim() !== '' && Number.isFinite(Number(found))))
    return found === undefined ? undefined : Number(found);
  throw wrong(resource, name, 'a number');
}

export function optionalFlag(resource: Resource, name: string): boolean | undefined {
  const found = optionalText(resource, name);
  if (found === undefined || found === 'true' || found === 'false')
    return found && found === 'true';
  throw wrong(resource, name, 'true or false');
}

export function list(resource: Resource, name: string): readonly unknown[] {
  const value = resource.properties[name] ?? [];
  if (Array.isArray(value)) return value;
  throw wrong(resource, name, 'a list');
}

/** A property of properties, to be read like a resource; an empty one when it is left out. */
export function part(resource: Resource, name: string): Resource {
  return asPart(resource, name, resource.properties[name] ?? {});
}

export function parts(resource: Resource, name: string): Resource[] {
  return list(resource, name).map((value) => asPart(resource, name, value));
}

function asPart(resource: Resource, name: string, value: unknown): Resource {
  if (isMap(value)) return { ...resource, type: `${resource.type} ${name}`, properties: value };
  throw wrong(resource, name, 'a map');
}

const missing = ({ type }: Resource, name: string) =>
  new CannotDeploy(`${type} wants the property ${name}.`);
const wrong = ({ type }: Resource, name: string, what: string) =>
  new CannotDeploy(`${name} of ${type} must be ${what}.`);
