// targets/compose/project.ts: one `docker compose` project: its name, its ports, its files.
// Called by compose-platform.ts and by `npm run test:compose`.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { repoRoot } from '../lab-folders.ts';
import { docker } from './engine.ts';

export type Profile = 'monolith' | 'microservices';

/** Its containers, networks and volumes are nobody else's. */
export interface Project {
  readonly name: string;
  readonly profiles: readonly Profile[];
  /** Of the front doors, on 127.0.0.1. */
  readonly ports: Readonly<Partial<Record<Profile, number>>>;
  /** Absolute: laid over docker-compose.yml. */
  readonly override?: string | undefined;
  /** The cores of all containers, as `0` or `0-1`. */
  readonly cpus?: string | undefined;
}

/** Begins the names of all that the lab makes: two checkouts must not take each other's. */
export const labName = `one-shop-${createHash('sha256').update(repoRoot).digest('hex').slice(0, 6)}`;

/** Its docker-compose.yml, absolute. */
export const composeFile = join(repoRoot, 'docker-compose.yml');

/** What `docker compose` calls the only container of a service. */
export const containerOf = ({ name }: Pick<Project, 'name'>, service: string) =>
  `${name}-${service}-1`;

/**
 * Builds what has changed, starts all of it and waits until all is healthy.
 * @throws CannotStart with what docker said
 */
export async function up(project: Project): Promise<void> {
  await compose(project, ['up', '--build', '--wait', '--quiet-pull']);
}

/**
 * Ends and forgets all of it, databases included.
 * @param images those that it built as well; what they were built of stays in the engine's cache
 */
export async function down(project: Project, images = false): Promise<void> {
  // By its name alone: what is laid over the file may not be written yet, or be of another time.
  const bare = { ...project, override: undefined };
  const rest = images ? ['--rmi', 'local'] : [];
  await compose(bare, ['down', '--volumes', '--remove-orphans', '--timeout', '5', ...rest]);
}

/** @returns what it printed on standard output @throws CannotStart with what docker said */
export function compose(project: Project, args: readonly string[]): Promise<string> {
  const { name, profiles, ports, override, cpus } = project;
  const files = ['--file', composeFile, ...(override === undefined ? [] : ['--file', override])];
  return docker(['compose', '--project-name', name, ...files, '--progress', 'quiet', ...args], {
    COMPOSE_PROFILES: profiles.join(),
    ...(ports.monolith !== undefined && { MONOLITH_PORT: String(ports.monolith) }),
    ...(ports.microservices !== undefined && { GATEWAY_PORT: String(ports.microservices) }),
    ...(cpus !== undefined && { SHOP_CPUS: cpus }),
  });
}
