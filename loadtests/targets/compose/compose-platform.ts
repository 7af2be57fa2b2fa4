// targets/compose/compose-platform.ts: runs a target in containers, each with its own PostgreSQL.
// Called by the lab with --platform compose, and by `npm run test:compose`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from '../cannot-start.ts';
import { labFolders, repoRoot } from '../lab-folders.ts';
import type { LifeEvent } from '../life.ts';
import type { Platform, RunningTarget, StartOptions } from '../platform.ts';
import { checkPorts } from '../ports.ts';
import { withReplicas } from '../replicas.ts';
import { baseUrl, componentOf, type Target, urlOf } from '../targets.ts';
import { type Container, createContainer } from './container.ts';
import { findEngine } from './engine.ts';
import { watchContainers } from './events.ts';
import { guardContainers } from './guard.ts';
import { forgetProject, recordProject } from './left-projects.ts';
import { networkOf } from './network.ts';
import { databaseOf, profileOf } from './override.ts';
import { containerOf, down, labName, type Project } from './project.ts';
import { createRollouts } from './rollouts.ts';
import { storedInPostgres } from './stored.ts';

/** Fifteen containers on one core, and PostgreSQL's first start. */
const READY_TIMEOUT_MS = 90_000;
/** The engine's own rule, which nobody can change. */
const PROVEN_AFTER_MS = 10_000;

export const composePlatform: Platform = { name: 'compose', start: startContainers };

/**
 * Builds the images, starts the target's containers under a name of their own, waits until all are
 * ready. Its databases always begin empty, and are forgotten at the end.
 * @throws CannotStart for functions, without an engine, for a taken port, a failed build, or what does
 *   not come up; nothing is left running then
 */
async function startContainers(asked: Target, options: StartOptions = {}): Promise<RunningTarget> {
  if (options.coupling !== undefined)
    throw new CannotStart('Containers have no queue: leave the coupling out.');
  if (asked.functions !== undefined)
    throw new CannotStart(
      `${asked.name} does not run in containers: leave --platform compose out.`,
    );
  const target = withReplicas(asked, options.replicas);
  await findEngine();
  const project = projectOf(target, options);
  await down(project);
  await checkPorts(target.components);
  recordProject(labFolders(repoRoot).run, project);
  const guard = guardContainers(project);
  const running = supervise(target, project, options, guard);
  try {
    await running.begin();
    await running.waitReady();
    return running;
  } catch (error) {
    // Why it did not come up matters more than what could not be taken down: the guard does that.
    await running.stop().catch(() => {});
    throw error;
  }
}

function projectOf(target: Target, { core }: StartOptions): Project {
  const folder = join(labFolders(repoRoot).data, target.instance);
  mkdirSync(folder, { recursive: true });
  const profile = profileOf(target);
  return {
    name: `${labName}-${target.instance}`,
    profiles: [profile],
    ports: { [profile]: componentOf(target, target.frontDoor).port },
    override: join(folder, 'compose.json'),
    cpus: core === undefined ? undefined : String(core),
  };
}

function supervise(
  target: Target,
  project: Project,
  options: StartOptions,
  guard: { end(): void },
): RunningTarget & { begin(): Promise<void> } {
  const events: LifeEvent[] = [];
  const listeners = new Set<(event: LifeEvent) => void>();
  const tell = (event: LifeEvent) => {
    events.push(event);
    for (const listener of listeners) listener(event);
  };
  const { components, databases } = containersFor(target, project, tell);
  const all = [...components, ...databases];
  const named = new Map(all.map((one) => [one.spec.name, one]));
  // A name that is none of them is refused with those there are.
  const of = (name: string) =>
    named.get(name) ?? (named.get(componentOf(target, name).name) as Container);
  const endWatch = watchContainers(project, (event) => named.get(event.service)?.hear(event));
  const readyTimeoutMs = Math.max(options.readyTimeoutMs ?? 0, READY_TIMEOUT_MS);
  const rollouts = createRollouts({ target, project, options, of, readyTimeoutMs });
  return {
    ...storedInPostgres(target, project),
    baseUrl: baseUrl(target),
    events,
    get components() {
      return components.map(({ status }, at) => {
        const component = target.components[at] as Target['components'][number];
        return { ...status(), port: component.port, url: urlOf(component) };
      });
    },
    get databases() {
      return databases.map(({ status }) => status());
    },
    provenAfterMs: PROVEN_AFTER_MS,
    network: networkOf(target, project),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    kill: (name) => of(name).kill(),
    pause: (name) => of(name).pause(),
    resume: (name) => of(name).resume(),
    ...rollouts,
    async waitReady(timeoutMs = readyTimeoutMs) {
      await Promise.all(all.map((one) => one.waitReady(timeoutMs)));
    },
    async stop() {
      for (const one of all) one.expectEnd();
      endWatch();
      await down(project).catch((error: Error) => {
        // Whoever stops it may have no ear for this; the guard tries again when this program ends.
        const remedy = 'if containers are left, `npm run lab -- heal` removes them';
        process.stderr.write(`${project.name} was not taken down (${error.message}): ${remedy}.\n`);
        throw error;
      });
      await rollouts.forget();
      forgetProject(labFolders(repoRoot).run, project);
      guard.end();
    },
  };
}

function containersFor(target: Target, project: Project, tell: (event: LifeEvent) => void) {
  const containerFor = (name: string, readyUrl?: string, of?: string) =>
    createContainer({ name, container: containerOf(project, name), readyUrl, of }, tell);
  const owners = target.components.filter(
    ({ hasDatabase, replicaOf }) => hasDatabase && !replicaOf,
  );
  return {
    components: target.components.map((one) =>
      containerFor(one.name, `${urlOf(one)}/ready`, one.replicaOf),
    ),
    databases: owners.map((one) => containerFor(databaseOf(one))),
  };
}
