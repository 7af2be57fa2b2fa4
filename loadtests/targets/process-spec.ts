// targets/process-spec.ts: what each component's process is started with: its release, settings and log.
// Called by process-platform.ts.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { componentEnvironment } from './component-environment.ts';
import { databaseFile, dataFolder } from './databases.ts';
import type { FunctionFolders } from './function-zips.ts';
import type { Guard } from './guard.ts';
import { labFolders } from './lab-folders.ts';
import type { ProcessSpec } from './launch.ts';
import type { StartOptions } from './platform.ts';
import { queueEnvironment } from './queue.ts';
import { type Component, type Target, urlOf } from './targets.ts';

/** What all starts of a component have in common. */
export interface Ground {
  readonly root: string;
  readonly guard: Guard;
  /** The folder of its release. */
  readonly cwd: string;
  /** Of a cloud. */
  readonly functions: FunctionFolders | undefined;
}

export function specOf(
  target: Target,
  component: Component,
  options: StartOptions,
  { root, guard, cwd, functions }: Ground,
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
      extra: {
        ...provenOf(component, options),
        ...queueEnvironment(target, options, root),
        ...cloudOf(functions, dataFolder(target, root)),
        ...options.env,
      },
    }),
    readyUrl: `${urlOf(component)}/ready`,
    logFile: join(labFolders(root).logs, target.instance, `${component.name}.log`),
    guard,
    of: component.replicaOf,
    workers: functions === undefined ? component.workers : 0,
    nodeFlags: options.nodeFlags,
    provenAfterMs: options.provenAfterMs,
    core: options.core,
  };
}

/** A cluster restarts its workers by the rule by which it is restarted itself. */
function provenOf({ workers }: Component, { provenAfterMs }: StartOptions) {
  const proven: Record<string, string> = {};
  if (workers !== undefined && provenAfterMs !== undefined)
    proven.WORKER_PROVEN_AFTER_MS = String(provenAfterMs);
  return proven;
}

function cloudOf(functions: FunctionFolders | undefined, folder: string) {
  if (functions === undefined) return {};
  return { DATA_FOLDER: folder, FUNCTION_CODE: JSON.stringify(functions) };
}
