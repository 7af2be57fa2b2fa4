// targets/databases.ts: where each component's SQLite file lives, its deletion and how it is read.
// Called by process-platform.ts.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { CannotStart } from './cannot-start.ts';
import { labFolders, repoRoot } from './lab-folders.ts';
import type { Stored } from './platform.ts';
import { journalFile } from './queue.ts';
import { type Component, componentOf, type Target } from './targets.ts';

/** Where a target keeps what outlives its processes; absolute, need not exist. */
export const dataFolder = (target: Pick<Target, 'instance'>, root: string = repoRoot) =>
  join(labFolders(root).data, target.instance);

/**
 * The file of a component's database; it need not exist.
 * @returns `.lab/data/<target>/<component>.db`, absolute, one for all replicas of a component;
 * undefined without a database
 */
export function databaseFile(target: Target, component: Component, root: string = repoRoot) {
  return component.hasDatabase
    ? join(dataFolder(target, root), `${component.replicaOf ?? component.name}.db`)
    : undefined;
}

/** Deletes the target's databases with their -wal and -shm files, and its queues; of a cloud, all. */
export function deleteDatabases(target: Target, root: string): void {
  if (target.functions !== undefined)
    rmSync(dataFolder(target, root), { recursive: true, force: true });
  rmSync(journalFile(target, root), { force: true });
  for (const component of target.components) {
    const file = databaseFile(target, component, root);
    if (file === undefined) continue;
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  }
}

/** Each question opens the file and closes it, read-only: a reader never holds up the shop's writer. */
export function storedInFiles(target: Target, root: string = repoRoot): Stored {
  return {
    engine: 'SQLite',
    target,
    async query(name, sql) {
      const path = databaseFile(target, ownerOf(target, name), root);
      if (path === undefined || !existsSync(path))
        throw new CannotStart(`${name} of ${target.name} has stored nothing.`);
      const file = new Sqlite(path, { readonly: true, timeout: 5000 });
      try {
        return file.prepare(sql).all() as never[];
      } finally {
        file.close();
      }
    },
  };
}

function ownerOf(target: Target, name: string): Component {
  return target.functions?.find((one) => one.name === name) ?? componentOf(target, name);
}
