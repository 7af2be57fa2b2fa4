// targets/releases.ts: unpacks a zip into a release folder, as a server would when it is deployed to.
// Called by process-platform.ts and by the deployment experiment.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { CannotStart } from './cannot-start.ts';
import { readZip, type ZipFile } from './zip.ts';

/** Enough to run one, roll back to another and still have one to look at. */
const keptReleases = 3;
/** Another lab on this machine may still restart processes from a release it began hours ago. */
const keptForMs = 12 * 3_600_000;

/**
 * Unpacks into `<releases>/<name>-<sha8>/`, all or nothing; an existing release is used as it is.
 * Drops releases of the same name beyond the newest three that nobody began to use for 12 hours.
 * @param sha256 of the zip, from who has just looked: one that is unpacked already is not read again
 * @returns the release folder
 * @throws CannotStart when the zip is missing or damaged
 */
export async function unpackArtefact(
  zipPath: string,
  releases: string,
  sha256?: string,
): Promise<string> {
  const name = basename(zipPath, '.zip');
  const known = sha256 === undefined ? undefined : releaseFolder(releases, name, sha256);
  if (known === undefined || !existsSync(known)) return unpackNow(zipPath, name, releases);
  keep(known, name, releases);
  return known;
}

async function unpackNow(zipPath: string, name: string, releases: string): Promise<string> {
  const zip = await readFile(zipPath).catch(() => undefined);
  if (zip === undefined) throw new CannotStart(`${zipPath} is missing: run \`npm run build\`.`);
  const folder = releaseFolder(releases, name, sha256Of(zip));
  if (!existsSync(folder)) await unpackWhole(await filesOf(zip, zipPath), folder);
  keep(folder, name, releases);
  return folder;
}

/** As the one that was used last. */
function keep(folder: string, name: string, releases: string): void {
  utimesSync(folder, new Date(), new Date());
  dropOldReleases(releases, name);
}

/** What unpackArtefact would make of a zip, by whoever still has in memory what went into it. */
export async function writeRelease(
  { name, sha256, files }: { name: string; sha256: string; files: readonly ZipFile[] },
  releases: string,
): Promise<void> {
  const folder = releaseFolder(releases, name, sha256);
  if (!existsSync(folder)) await unpackWhole(files, folder);
}

async function filesOf(zip: Buffer, zipPath: string): Promise<ZipFile[]> {
  const sentence = (why: string) =>
    `${zipPath} cannot be unpacked, ${why}: delete it and run \`npm run build\`.`;
  const files = await readZip(zip).catch((error: Error) => {
    throw new CannotStart(sentence(error.message));
  });
  const outside = files.find(({ name }) => isAbsolute(name) || name.split('/').includes('..'));
  if (outside !== undefined) throw new CannotStart(sentence(`${outside.name} lies outside it`));
  return files;
}

async function unpackWhole(files: readonly ZipFile[], folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}.draft`;
  for (const file of files) mkdirSync(dirname(join(draft, file.name)), { recursive: true });
  await mkdir(draft, { recursive: true });
  await Promise.all(files.map((file) => writeFile(join(draft, file.name), file.content)));
  await rename(draft, folder).catch((error: Error) => {
    rmSync(draft, { recursive: true, force: true });
    // Another harness may have been faster with the very same bytes.
    if (!existsSync(folder)) throw error;
  });
}

function dropOldReleases(releases: string, name: string): void {
  const ours = readdirSync(releases)
    .filter((folder) => folder.slice(0, -9) === name && /-[0-9a-f]{8}$/.test(folder))
    .map((folder) => ({ path: join(releases, folder), usedAtMs: usedAtMs(join(releases, folder)) }))
    .sort((a, b) => b.usedAtMs - a.usedAtMs);
  const unused = ours.slice(keptReleases).filter((one) => Date.now() - one.usedAtMs > keptForMs);
  for (const { path } of unused) rmSync(path, { recursive: true, force: true });
}

const usedAtMs = (folder: string) => statSync(folder).mtimeMs;

const releaseFolder = (releases: string, name: string, sha256: string) =>
  join(releases, `${name}-${sha256.slice(0, 8)}`);

export const sha256Of = (content: Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');
