// targets/query-columns.ts: asks a file of columns while its process has it: a copy is made, and asked.
// Called by databases.ts.
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '@lab/shared/runtime/database.ts';
import { CannotStart } from './cannot-start.ts';

const MOST_TRIES = 20;
const PAUSE_MS = 25;

/**
 * The rows as of some moment after the call.
 * @throws CannotStart when the file changes faster than it is copied
 */
export async function queryColumns<Row>(path: string, sql: string): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-columns-'));
  try {
    const copy = join(folder, 'copy.duckdb');
    await copyWhole(path, copy);
    const db = await openDatabase({ url: `duckdb:${copy}`, migrations: [] });
    try {
      return await db.all<Row>(sql);
    } finally {
      await db.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The log of last writes grows all the time, and a copy may end anywhere in it. When it is folded into
 * the file, both change: then the two copies do not belong together.
 */
async function copyWhole(path: string, copy: string): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const before = stateOf(path);
    copyFileSync(path, copy);
    copyIfThere(`${path}.wal`, `${copy}.wal`);
    if (stateOf(path) === before) return;
    await sleep(PAUSE_MS);
  }
  throw new CannotStart(
    `${path} could not be copied whole in ${MOST_TRIES} tries: ask when there is less load.`,
  );
}

/** A log that is folded in just now is gone. */
function copyIfThere(path: string, copy: string): void {
  rmSync(copy, { force: true });
  try {
    copyFileSync(path, copy);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** When the file was last written. */
function stateOf(path: string): string {
  const { mtimeNs, size } = statSync(path, { bigint: true });
  return `${mtimeNs} ${size}`;
}
