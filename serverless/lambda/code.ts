// lambda/code.ts: a function's code at rest: a copy of its folder, under the hash of its content.
// Called by functions.ts at every deployment; sandbox.ts runs processes in the copy.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join, relative } from 'node:path';
import { invalidParameter } from './errors.ts';

/** Never changes: what is deployed later lies in another folder. */
export interface DeployedCode {
  readonly folder: string;
  /** Of all names and contents, base64. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/**
 * Copies the folder of an unpacked zip into `codeRoot`, once per content.
 * @throws InvalidParameterValueException when there is no such folder
 */
export function deployCode(codeRoot: string, codeFolder: string): DeployedCode {
  if (!existsSync(codeFolder)) throw invalidParameter(`There is no folder ${codeFolder}.`);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for (const file of filesBelow(codeFolder)) {
    const content = readFileSync(join(codeFolder, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
    sizeBytes += content.length;
  }
  const digest = hash.digest();
  const folder = join(codeRoot, digest.toString('hex').slice(0, 16));
  if (!existsSync(folder)) copyWhole(codeFolder, folder);
  return { folder, sha256: digest.toString('base64'), sizeBytes };
}

/** Renamed into place, so that a folder with a hash for a name is always complete. */
function copyWhole(from: string, to: string): void {
  const draft = `${to}.${process.pid}.draft`;
  cpSync(from, draft, { recursive: true, dereference: true });
  renameSync(draft, to);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
