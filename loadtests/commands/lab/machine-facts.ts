// commands/lab/machine-facts.ts: what the doctor wants to know of this machine.
// Called by doctor.ts.
import { accessSync, constants, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { availableParallelism, freemem } from 'node:os';
import { delimiter, join } from 'node:path';
import { choosePinning } from '../../bench/pinning.ts';
import { repoRoot } from '../../targets/lab-folders.ts';

export interface MachineFacts {
  /** `20.19` */
  readonly oldestNode: string;
  readonly cores: number;
  /** What programs could still get, caches counted as free. */
  readonly freeMemoryBytes: number;
  /** Where the repository is, for a user without privileges. */
  readonly freeDiskBytes: number;
}

export async function factsOfMachine(): Promise<MachineFacts> {
  const { engines } = JSON.parse(readFileSync(join(repoRoot, 'package.json'), 'utf8'));
  const { bavail, bsize } = await statfs(repoRoot);
  return {
    oldestNode: engines.node.replace('>=', ''),
    cores: availableParallelism(),
    freeMemoryBytes: freemem(),
    freeDiskBytes: bavail * bsize,
  };
}

export function tasksetWorks(): boolean {
  return choosePinning().serverCore !== undefined;
}

/** @returns the path of the first of these names that PATH has */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
