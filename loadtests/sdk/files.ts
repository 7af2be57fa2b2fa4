// sdk/files.ts: the files of an SDK, all together or not at all.
// Called by `npm run sdk`: looks first whether the folder may be replaced, and replaces it last.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotStart } from '../targets/cannot-start.ts';

/** One name whatever the shape, so that a program can be linked to either. */
export const sdkName = 'shop-sdk';
export const sdkNames = [
  'README.md',
  'calls.d.ts',
  'index.d.ts',
  'package.json',
  'schema.d.ts',
  'shop-sdk.global.js',
  'shop-sdk.mjs',
] as const;
export type SdkName = (typeof sdkNames)[number];
export type SdkFiles = Readonly<Record<SdkName, string>>;

/** @throws CannotStart for a folder that holds anything but an SDK, or for a file */
export function refuseForeign(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new CannotStart(`${folder} is a file: name a folder.`);
  const names = readdirSync(folder);
  const foreign = names.find((name) => !(sdkNames as readonly string[]).includes(name));
  if (foreign !== undefined)
    throw new CannotStart(`${folder} holds ${foreign}, which is no part of an SDK: name another.`);
  if (names.length > 0 && packageName(folder) !== sdkName)
    throw new CannotStart(`${folder} is not empty and holds no SDK: name another.`);
}

function packageName(folder: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name;
  } catch {
    return undefined;
  }
}

/**
 * Replaces what `folder` holds. It never holds half: nothing is awaited, so that a signal that
 * somebody listens for comes before it or after. SIGKILL between the two renames leaves no folder;
 * the old one is whole beside it then, as `<folder>.<pid>.old`, and the new one as `….draft`.
 */
export function writeWhole(folder: string, files: Readonly<Record<string, string>>): void {
  const draft = `${folder}.${process.pid}.draft`;
  const old = `${folder}.${process.pid}.old`;
  try {
    mkdirSync(draft, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(draft, name), text);
    mkdirSync(dirname(folder), { recursive: true });
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}
