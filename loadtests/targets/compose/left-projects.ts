// targets/compose/left-projects.ts: the written record of every project, and the end of those left behind.
// Called by compose-platform.ts (write) and by `lab -- heal`; the guard sees to all but an engine that dies.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processBirth } from '../process-times.ts';
import { down, type Project } from './project.ts';

interface ProjectRecord {
  readonly name: string;
  readonly profiles: Project['profiles'];
  readonly harnessPid: number;
  readonly harnessBirth: string;
}

const ending = '.project.json';
const fileOf = (runFolder: string, name: string) => join(runFolder, `${name}${ending}`);

/** Before its first container. */
export function recordProject(runFolder: string, { name, profiles }: Project): void {
  mkdirSync(runFolder, { recursive: true });
  const harness = { harnessPid: process.pid, harnessBirth: processBirth(process.pid) ?? '' };
  const record: ProjectRecord = { name, profiles, ...harness };
  writeFileSync(fileOf(runFolder, name), `${JSON.stringify(record)}\n`);
}

/** Once nothing of it is left; a missing record is fine. */
export function forgetProject(runFolder: string, { name }: Pick<Project, 'name'>): void {
  rmSync(fileOf(runFolder, name), { force: true });
}

export interface LeftProject {
  readonly name: string;
  /** Why it could not be taken down; it stays on record then. */
  readonly trouble?: string;
}

/** Takes down the recorded projects whose harness no longer lives. */
export async function endLeftProjects(
  runFolder: string,
  takeDown: (project: Project) => Promise<void> = down,
): Promise<LeftProject[]> {
  const left: LeftProject[] = [];
  for (const { name, profiles } of deadIn(runFolder)) {
    try {
      await takeDown({ name, profiles, ports: {} });
      forgetProject(runFolder, { name });
      left.push({ name });
    } catch (error) {
      left.push({ name, trouble: (error as Error).message });
    }
  }
  return left;
}

function deadIn(runFolder: string): ProjectRecord[] {
  const files = readFilesIn(runFolder).filter((file) => file.endsWith(ending));
  const records = files.flatMap((file) => readRecord(join(runFolder, file)) ?? []);
  return records.filter(
    ({ harnessPid, harnessBirth }) => processBirth(harnessPid) !== harnessBirth,
  );
}

function readFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A damaged record names nothing that could be taken down. */
function readRecord(path: string): ProjectRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(path, 'utf8')) as ProjectRecord;
    return typeof record.name === 'string' && Array.isArray(record.profiles) ? record : undefined;
  } catch {
    return undefined;
  }
}
