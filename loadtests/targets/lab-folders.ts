// targets/lab-folders.ts: where the lab keeps what it makes. Everything under .lab/ may be deleted.
// Called by artefacts, releases and the process platform; tests pass a temporary root.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, absolute, without a trailing slash. */
export const repoRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Absolute paths; none is created here. */
export interface LabFolders {
  readonly artefacts: string;
  readonly releases: string;
  readonly logs: string;
  readonly data: string;
  /** A record of each child that lives. */
  readonly run: string;
}

/**
 * LAB_RUN_FOLDER replaces `run`, for a test whose orphans no other lab may end first.
 * @param root absolute path of a repository
 */
export function labFolders(root: string): LabFolders {
  const inLab = (name: string) => join(root, '.lab', name);
  return {
    artefacts: inLab('artefacts'),
    releases: inLab('releases'),
    logs: inLab('logs'),
    data: inLab('data'),
    run: process.env.LAB_RUN_FOLDER || inLab('run'),
  };
}
