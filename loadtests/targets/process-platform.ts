// targets/process-platform.ts: runs a target as processes on this machine, from its real zips.
// Called by `npm start`, `npm run compare` and the contract tests.
import { setTimeout as sleep } from 'node:timers/promises';
import { provenAfterMs } from '@lab/shared/runtime/backoff.ts';
import { DEMO_INSTRUCTOR_KEY } from '@lab/shared/runtime/config.ts';
import { zipsOf } from './artefacts.ts';
import { couplingOf } from './coupling.ts';
import { deleteDatabases, storedInFiles } from './databases.ts';
import { deploy, renew } from './deploy.ts';
import { functionFolders } from './function-zips.ts';
import { type Guard, startGuard } from './guard.ts';
import { labFolders, repoRoot } from './lab-folders.ts';
import type { ProcessSpec } from './launch.ts';
import type { LifeEvent } from './life.ts';
import { endOrphans } from './orphans.ts';
import { type Part, statusOf } from './part.ts';
import type { Platform, RunningTarget, StartOptions, Stored } from './platform.ts';
import { checkPorts } from './ports.ts';
import { specOf } from './process-spec.ts';
import { canCouple, withQueue } from './queue.ts';
import { unpackArtefact } from './releases.ts';
import { replicasOf, withReplicas } from './replicas.ts';
import { startProcess } from './supervisor.ts';
import { baseUrl, componentOf, type Target } from './targets.ts';

const defaultReadyTimeoutMs = 20_000;
/** The kernel closes a killed orphan's port a moment after its end. */
const portReleaseMs = 100;

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
  asked: Target,
  options: StartOptions = {},
  root: string = repoRoot,
): Promise<RunningTarget> {
  const target = withQueue(withReplicas(asked, options.replicas), options);
  const folders = labFolders(root);
  if (endOrphans(folders.run).length > 0) await sleep(portReleaseMs);
  await checkPorts(target.components);
  const releaseFolders = await releaseAll(target, options, root);
  const functions =
    target.functions === undefined ? undefined : await functionFolders(root, options.built);
  if (options.fresh === true) deleteDatabases(target, root);
  const guard = startGuard(folders.run);
  const specs = target.components.map((component, index) =>
    specOf(target, component, options, {
      root,
      guard,
      cwd: releaseFolders[index] ?? '',
      functions,
    }),
  );
  const running = superviseAll(storedInFiles(target, root), specs, guard, options);
  await readyAndCoupled(running, options).catch(async (error: unknown) => {
    await running.stop();
    throw error;
  });
  return running;
}

/** What was switched before this start is remembered: the wish is the newer word. */
async function readyAndCoupled(running: RunningTarget, { coupling, env }: StartOptions) {
  await running.waitReady();
  if (coupling === undefined || !canCouple(running.target)) return;
  await couplingOf(running.baseUrl, env?.INSTRUCTOR_KEY ?? DEMO_INSTRUCTOR_KEY, coupling);
}

async function releaseAll(target: Target, { built }: StartOptions, root: string) {
  const { releases } = labFolders(root);
  // Replicas of a component run from one folder.
  const own = target.components.filter(({ replicaOf }) => replicaOf === undefined);
  const zips = await zipsOf(own, root, built);
  const unpacked = await Promise.all(
    zips.map(({ path, sha256 }) => unpackArtefact(path, releases, sha256)),
  );
  // By the component's name: a control arm's zip has another.
  const folders = new Map(own.map(({ name }, at) => [name, unpacked[at] ?? '']));
  return target.components.map(({ name, replicaOf = name }) => folders.get(replicaOf) ?? '');
}

function superviseAll(
  stored: Stored,
  specs: readonly ProcessSpec[],
  guard: Guard,
  options: StartOptions,
): RunningTarget {
  const { target } = stored;
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
    ...stored,
    baseUrl: baseUrl(target),
    events,
    get components() {
      return statusOf(parts);
    },
    databases: [],
    provenAfterMs: options.provenAfterMs ?? provenAfterMs,
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

type Controls = Pick<
  RunningTarget,
  'kill' | 'pause' | 'resume' | 'restartComponent' | 'deploy' | 'waitReady'
>;

function controlsOf(target: Target, parts: readonly Part[], readyTimeoutMs: number): Controls {
  const partOf = (name: string) => {
    const component = componentOf(target, name);
    return parts.find((part) => part.component === component) as Part;
  };
  return {
    kill: (name) => partOf(name).process.kill(),
    pause: (name) => partOf(name).process.pause(),
    resume: (name) => partOf(name).process.resume(),
    restartComponent: (name, deployment = {}) => renew(partOf(name), deployment, readyTimeoutMs),
    deploy: (name, { strategy = 'recreate', ...deployment }) => {
      const replicas = replicasOf(target, name).map((one) => partOf(one.name));
      return deploy(replicas, deployment, strategy, readyTimeoutMs);
    },
    async waitReady(timeoutMs = readyTimeoutMs) {
      await Promise.all(parts.map((part) => part.process.waitReady(timeoutMs)));
    },
  };
}
