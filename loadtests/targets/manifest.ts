// targets/manifest.ts: a zip on disk and, beside it, what it was made of.
// Called by artefacts.ts, which builds again what no longer is made of the same.
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Input paths are relative to the root. */
export interface Manifest {
  readonly fingerprint: string;
  readonly inputs: readonly string[];
  readonly sha256: string;
}

/** @throws Error where there is none, or half of one */
export function manifestOf(zipPath: string): Manifest {
  return JSON.parse(readFileSync(manifestPath(zipPath), 'utf8'));
}

/** The zip first: beside a manifest of other bytes it counts as not built. */
export async function storeWithManifest(path: string, zip: Buffer, made: Manifest): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await writeWhole(path, zip);
  await writeWhole(manifestPath(path), JSON.stringify(made));
}

const manifestPath = (zipPath: string) => zipPath.replace(/\.zip$/, '.json');

/** Never half a file under its name, whenever the build is interrupted, or another makes the same. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.${randomUUID()}.draft`;
  try {
    await writeFile(draft, content);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
}
