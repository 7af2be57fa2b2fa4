// targets/process-platform.ts: runs a target as processes on this machine, from its real zips.
// Called by `npm start`, `npm run compare` and the contract tests.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildArtefacts } from './artefacts.ts';
import { databaseFile, deleteDatabases } from './databases.ts';
import { type Guard, startGuard } from './guard.ts';
import { labFolders, repoRoot } from './lab-folders.ts';
import type { ProcessSpec } from './launch.ts';
import type { LifeEvent } from './life.ts';
import { endOrphans } from './orphans.ts';
import type {
  ComponentStatus,
  Deployment,
  Platform,
  RunningTarget,
  StartOptions,
} from './platform.ts';
import { checkPorts } from './ports.ts';
import { unpackArtefact } from './releases.ts';
import type { Supervised } from './supervised.ts';
import { startProcess } from './supervisor.ts';
import {
  baseUrl,
  type Component,
  componentEnvironment,
  componentOf,
  type Target,
  urlOf,
} from './targets.ts';
import { readUsage } from './usage.ts';

const defaultReadyTimeoutMs = 20_000;
/** The kernel closes a killed orphan's port a moment after its end. */
const portReleaseMs = 100;

/** One component with the process that runs it. */
interface Part {
  readonly component: Component;
  readonly spec: ProcessSpec;
  readonly process: Supervised;
}

/** @param root absolute path of the repository; `.lab/` is made in it */
export function processPlatform(root: string = repoRoot): Platform {
  return { name: 'process', start: (target, options) => startTarget(target, options, root) };
}

/**
 * Builds what has changed, unpacks it, starts every component at once and waits until all are ready.
 * @throws CannotStart for a taken port, a failed build or a component that does not come up;
 * nothing is left running then
 */
export async function startTarget(
  target: Target,
  options: StartOptions = {},
  root: string = repoRoot,
): Promise<RunningTarget> {
  const folders = labFolders(root);
  if (endOrphans(folders.run).length > 0) await sleep(portReleaseMs);
  await checkPorts(target.components);
  const releaseFolders = await releaseAll(target, root);
  if (options.fresh === true) deleteDatabases(target, root);
  const guard = startGuard(folders.run);
  const specs = target.components.map((component, index) =>
    specOf(target, component, options, { root, guard, cwd: releaseFolders[index] ?? '' }),
  );
  const running = superviseAll(target, specs, guard, options);
  await running.waitReady().catch(async (error: unknown) => {
    await running.stop();
    throw error;
  });
  return running;
}

async function releaseAll(target: Target, root: string): Promise<string[]> {
  const { releases } = labFolders(root);
  const artefacts = await buildArtefacts(target.components, root);
  return Promise.all(artefacts.map((artefact) => unpackArtefact(artefact.path, releases)));
}

function specOf(
  target: Target,
  component: Component,
  options: StartOptions,
  { root, guard, cwd }: { root: string; guard: Guard; cwd: string },
): ProcessSpec {
  const file = databaseFile(target, component, root);
  if (file !== undefined) mkdirSync(dirname(file), { recursive: true });
  return {
    name: component.name,
    cwd,
    entry: 'server.mjs',
    env: componentEnvironment(target, component, {
      databaseFile: file,
      logLevel: options.logLevel,
      extra: options.env,
    }),
    readyUrl: `${urlOf(component)}/ready`,
    logFile: join(labFolders(root).logs, target.instance, `${component.name}.log`),
    guard,
    nodeFlags: options.nodeFlags,
    provenAfterMs: options.provenAfterMs,
    core: options.core,
  };
}

function superviseAll(
  target: Target,
  specs: readonly ProcessSpec[],
  guard: Guard,
  options: StartOptions,
): RunningTarget {
  const events: LifeEvent[] = [];
  const listeners = new Set<(event: LifeEvent) => void>();
  const tell = (event: LifeEvent) => {
    events.push(event);
    for (const listener of listeners) listener(event);
  };
  const parts = target.components.map((component, index) => {
    const spec = specs[index] as ProcessSpec;
    return { component, spec, process: startProcess(spec, tell) };
  });
  const readyTimeoutMs = options.readyTimeoutMs ?? defaultReadyTimeoutMs;
  return {
    target,
    baseUrl: baseUrl(target),
    events,
    get components() {
      return statusOf(parts);
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ...controlsOf(target, parts, readyTimeoutMs),
    async stop() {
      await Promise.all(parts.map((part) => part.process.stop()));
      guard.close();
    },
  };
}

type Controls = Pick<RunningTarget, 'kill' | 'pause' | 'resume' | 'restartComponent' | 'waitReady'>;

function controlsOf(target: Target, parts: readonly Part[], readyTimeoutMs: number): Controls {
  const partOf = (name: string) => {
    const component = componentOf(target, name);
    return parts.find((part) => part.component === component) as Part;
  };
  return {
    kill: (name) => partOf(name).process.kill(),
    pause: (name) => partOf(name).process.pause(),
    resume: (name) => partOf(name).process.resume(),
    restartComponent: (name, deployment = {}) => deploy(partOf(name), deployment, readyTimeoutMs),
    async waitReady(timeoutMs = readyTimeoutMs) {
      await Promise.all(parts.map((part) => part.process.waitReady(timeoutMs)));
    },
  };
}

async function deploy(part: Part, deployment: Deployment, readyTimeoutMs: number): Promise<void> {
  const { releaseFolder, env } = deployment;
  await part.process.restart({
    ...(releaseFolder === undefined ? {} : { cwd: releaseFolder }),
    ...(env === undefined ? {} : { env: { ...part.spec.env, ...env } }),
  });
  try {
    await part.process.waitReady(readyTimeoutMs);
  } catch (error) {
    await part.process.stop();
    throw error;
  }
}

function statusOf(parts: readonly Part[]): ComponentStatus[] {
  const pids = parts.flatMap((part) => part.process.pid() ?? []);
  const usages = readUsage(pids);
  return parts.map(({ component, process }) => {
    const pid = process.pid();
    const usage = pid === undefined ? undefined : usages.get(pid);
    return {
      name: component.name,
      pid,
      port: component.port,
      url: urlOf(component),
      cpuMs: usage?.cpuMs ?? 0,
      rssBytes: usage?.rssBytes ?? 0,
      restarts: process.restarts(),
      state: process.state(),
    };
  });
}
