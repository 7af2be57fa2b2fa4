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

/**
 * The file of a component's database; it need not exist.
 * @returns `.lab/data/<target>/<component>.db`, absolute, one for all replicas of a component;
 * undefined without a database
 */
export function databaseFile(target: Target, component: Component, root: string = repoRoot) {
  const folder = join(labFolders(root).data, target.instance);
  return component.hasDatabase
    ? join(folder, `${component.replicaOf ?? component.name}.db`)
    : undefined;
}

/** Deletes the target's databases with their -wal and -shm files, and what waits in queues; nothing else. */
export function deleteDatabases(target: Target, root: string): void {
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
      const path = databaseFile(target, componentOf(target, name), root);
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
