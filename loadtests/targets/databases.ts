// targets/databases.ts: where each component's database lives, and its deletion before a fresh start.
// Called by process-platform.ts, and by experiments that read a database after a run.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { labFolders, repoRoot } from './lab-folders.ts';
import type { Component, Target } from './targets.ts';

/**
 * The file of a component's database; it need not exist.
 * @returns `.lab/data/<target>/<component>.db`, absolute; undefined without a database
 */
export function databaseFile(target: Target, component: Component, root: string = repoRoot) {
  const folder = join(labFolders(root).data, target.instance);
  return component.hasDatabase ? join(folder, `${component.name}.db`) : undefined;
}

/** Deletes the target's databases with their -wal and -shm files; nothing else. */
export function deleteDatabases(target: Target, root: string): void {
  for (const component of target.components) {
    const file = databaseFile(target, component, root);
    if (file === undefined) continue;
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  }
}
