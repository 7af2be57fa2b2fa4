// targets/compose/left-projects.ts: the written record of every project, and the end of those left behind.
// Called by compose-platform.ts (write) and by `lab -- heal`; the guard sees to all but an engine that dies.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
  const file = fileOf(runFolder, name);
  // Whole or not there: it may be read at any moment.
  writeFileSync(`${file}.new`, `${JSON.stringify(record)}\n`);
  renameSync(`${file}.new`, file);
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
  const { dead, unreadable } = recordsIn(runFolder);
  for (const { name, profiles } of dead) {
    try {
      await takeDown({ name, profiles, ports: {} });
      forgetProject(runFolder, { name });
      left.push({ name });
    } catch (error) {
      left.push({ name, trouble: (error as Error).message });
    }
  }
  for (const path of unreadable)
    left.push({
      name: path,
      trouble: 'this record cannot be read; look with docker ps, then remove it',
    });
  return left;
}

function recordsIn(runFolder: string) {
  const files = readFilesIn(runFolder).filter((file) => file.endsWith(ending));
  const read = files.map((file) => {
    const path = join(runFolder, file);
    return { path, record: readRecord(path) };
  });
  return {
    dead: read.flatMap(({ record }) => (record === undefined || isKept(record) ? [] : record)),
    unreadable: read.flatMap(({ path, record }) => (record === undefined ? path : [])),
  };
}

const isKept = ({ harnessPid, harnessBirth }: ProjectRecord) =>
  processBirth(harnessPid) === harnessBirth;

function readFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** @returns undefined for one that names nothing that could be taken down */
function readRecord(path: string): ProjectRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(path, 'utf8')) as ProjectRecord;
    const names = typeof record.name === 'string' && Array.isArray(record.profiles);
    const hasHarness = Number.isInteger(record.harnessPid) && Boolean(record.harnessBirth);
    return names && hasHarness ? record : undefined;
  } catch {
    return undefined;
  }
}
