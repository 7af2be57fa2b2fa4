// targets/databases.ts: where each component's database file lives, its deletion and how it is read.
// Called by process-platform.ts.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { CannotStart } from './cannot-start.ts';
import { labFolders, repoRoot } from './lab-folders.ts';
import type { Stored } from './platform.ts';
import { queryColumns } from './query-columns.ts';
import { journalFile } from './queue.ts';
import { type Component, componentOf, type Target } from './targets.ts';

/** Where a target keeps what outlives its processes; absolute, need not exist. */
export const dataFolder = (target: Pick<Target, 'instance'>, root: string = repoRoot) =>
  join(labFolders(root).data, target.instance);

/**
 * The file of a component's database; it need not exist.
 * @returns `.lab/data/<target>/<component>.db`, absolute, one for all replicas of a component, or
 * `.duckdb` for one that keeps columns; undefined without a database
 */
export function databaseFile(target: Target, component: Component, root: string = repoRoot) {
  if (!component.hasDatabase) return undefined;
  const ending = isFileOfColumns(target, component) ? COLUMNS : ROWS;
  return join(dataFolder(target, root), `${component.replicaOf ?? component.name}${ending}`);
}

/** One process has a file of columns: replicas share rows. */
export function isFileOfColumns(target: Target, component: Component): boolean {
  const name = component.replicaOf ?? component.name;
  const isShared = target.components.some(({ replicaOf }) => replicaOf === name);
  return component.keepsColumns === true && !isShared;
}

const ROWS = '.db';
const COLUMNS = '.duckdb';

/** DATABASE_URL for such a file. */
export const databaseUrl = (file: string) =>
  `${file.endsWith(COLUMNS) ? 'duckdb' : 'file'}:${file}`;

/** Beside the file itself: of SQLite, of DuckDB with what memory does not hold, and of the books. */
const companions = ['', '-wal', '-shm', '.wal', '.tmp', '.events'];

/** Deletes the target's databases with all that lies beside them, and its queues; of a cloud, all. */
export function deleteDatabases(target: Target, root: string): void {
  if (target.functions !== undefined)
    rmSync(dataFolder(target, root), { recursive: true, force: true });
  rmSync(journalFile(target, root), { force: true });
  for (const component of target.components) {
    if (!component.hasDatabase) continue;
    const path = join(dataFolder(target, root), component.replicaOf ?? component.name);
    for (const suffix of companions)
      for (const ending of [ROWS, COLUMNS])
        rmSync(path + ending + suffix, { recursive: true, force: true });
  }
}

/**
 * Each question opens the file and closes it, read-only: a reader never holds up the shop's writer. A
 * file of columns belongs to its process: a copy of it is asked.
 */
export function storedInFiles(target: Target, root: string = repoRoot): Stored {
  return {
    engine: 'SQLite',
    target,
    async query(name, sql) {
      const path = databaseFile(target, ownerOf(target, name), root);
      if (path === undefined || !existsSync(path))
        throw new CannotStart(`${name} of ${target.name} has stored nothing.`);
      if (path.endsWith(COLUMNS)) return queryColumns(path, sql);
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
