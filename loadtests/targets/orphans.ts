// targets/orphans.ts: the written record of every child, and the end of those whose harness is gone.
// Called by guard.ts (write), process-platform.ts before a start (sweep), and `lab -- heal`.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processBirth } from './process-times.ts';

interface ChildRecord {
  readonly name: string;
  readonly pid: number;
  readonly birth: string;
  readonly harnessPid: number;
  readonly harnessBirth: string;
}

/** Writes `<pid>.json` in a folder that exists; does nothing when the child is gone already. */
export function recordChild(runFolder: string, pid: number, name: string): void {
  const birth = processBirth(pid);
  const harnessBirth = processBirth(process.pid);
  if (birth === undefined || harnessBirth === undefined) return;
  const record: ChildRecord = { name, pid, birth, harnessPid: process.pid, harnessBirth };
  // Renamed into place: another harness may be sweeping, and would drop a half-written record.
  const draft = join(runFolder, `${pid}.draft`);
  writeFileSync(draft, `${JSON.stringify(record)}\n`);
  renameSync(draft, join(runFolder, `${pid}.json`));
}

/** Deletes the record; a missing one is fine. */
export function forgetChild(runFolder: string, pid: number): void {
  rmSync(join(runFolder, `${pid}.json`), { force: true });
}

/**
 * Ends the recorded children whose harness no longer lives, by SIGKILL, and drops stale records.
 * A pid that now belongs to a younger process, or to a harness still at work, is left alone.
 * @returns the names and pids that were ended
 */
export function endOrphans(runFolder: string): { name: string; pid: number }[] {
  const ended: { name: string; pid: number }[] = [];
  for (const file of filesIn(runFolder)) {
    const record = readRecord(join(runFolder, file));
    if (record !== undefined && lives(record.harnessPid, record.harnessBirth)) continue;
    if (record !== undefined && lives(record.pid, record.birth) && end(record.pid))
      ended.push({ name: record.name, pid: record.pid });
    rmSync(join(runFolder, file), { force: true });
  }
  return ended;
}

export interface LivingChild {
  readonly name: string;
  readonly pid: number;
  /** Its harness is gone: endOrphans would end it. */
  readonly isOrphan: boolean;
}

/** The recorded children that live; looks only. */
export function livingChildren(runFolder: string): LivingChild[] {
  return filesIn(runFolder).flatMap((file) => {
    const record = readRecord(join(runFolder, file));
    if (record === undefined || !lives(record.pid, record.birth)) return [];
    const isOrphan = !lives(record.harnessPid, record.harnessBirth);
    return [{ name: record.name, pid: record.pid, isOrphan }];
  });
}

function lives(pid: number, birth: string): boolean {
  return processBirth(pid) === birth;
}

/** @returns false when it ended by itself in this very moment */
function end(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => /^\d+\.json$/.test(file));
  } catch {
    return [];
  }
}

/** A damaged record has no birth to compare, so it can end nothing. */
function readRecord(path: string): ChildRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(path, 'utf8')) as ChildRecord;
    return typeof record.birth === 'string' ? record : undefined;
  } catch {
    return undefined;
  }
}
