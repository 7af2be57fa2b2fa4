// audit/free-target.ts: a shape of the shop on ports that nobody uses, and the end of what it left.
// Called by run-audit.ts and by the crash tests: an audit runs beside a lab that is in use.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from '../targets/cannot-start.ts';
import { dataFolder } from '../targets/databases.ts';
import { labFolders, repoRoot } from '../targets/lab-folders.ts';
import { checkPorts } from '../targets/ports.ts';
import { shapesAt, type Target } from '../targets/targets.ts';

export const shapes = ['monolith', 'microservices'] as const;
export type Shape = (typeof shapes)[number];

/** A cloud's highest port is 6324 above; all stay below what the kernel hands out to clients. */
const lowestBase = 12_000;
const highestBase = 26_000;
const attempts = 20;

/** @throws CannotStart when no free ports are found */
export async function freeTarget(shape: keyof ReturnType<typeof shapesAt>): Promise<Target> {
  for (let left = attempts; ; left -= 1) {
    const base = lowestBase + Math.floor(Math.random() * (highestBase - lowestBase));
    const target = shapesAt(base)[shape];
    try {
      await checkPorts(target.components);
      return target;
    } catch (error) {
      if (!(error instanceof CannotStart) || left <= 1) throw error;
    }
  }
}

/** Deletes the databases and the logs of a target that is stopped. */
export function deleteTraces(target: Target): void {
  const logs = join(labFolders(repoRoot).logs, target.instance);
  for (const folder of [dataFolder(target), logs]) rmSync(folder, { recursive: true, force: true });
}
