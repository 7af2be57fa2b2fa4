// runtime/set-aside.ts: keeps a damaged file under another name, for whoever wants to look at it.
// Called at the start of a service whose database can be begun anew.
import { existsSync, renameSync } from 'node:fs';

/**
 * Renames the file and, where there is one, its `.wal` to `<path>.damaged-<time>`.
 * @returns the new name of the file
 */
export function setAside(path: string, now = new Date()): string {
  const kept = `${path}.damaged-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  for (const ending of ['.wal', ''])
    if (existsSync(path + ending)) renameSync(path + ending, kept + ending);
  return kept;
}
