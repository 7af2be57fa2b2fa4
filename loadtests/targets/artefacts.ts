// targets/artefacts.ts: turns a component's folder into the one zip that is shipped.
// Called by process-platform.ts, `npm run build` and the deployment experiment.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { version as esbuildVersion } from 'esbuild';
import { assetsOf } from './assets.ts';
import { type BuildCache, createBuildCache, hashOfFile } from './build-cache.ts';
import { bundleOptions } from './bundle.ts';
import { type Content, contentsOf } from './contents.ts';
import { labFolders, repoRoot } from './lab-folders.ts';
import { type Manifest, manifestOf, storeWithManifest } from './manifest.ts';
import { sha256Of, writeRelease } from './releases.ts';
import { zipName } from './swap.ts';
import type { Component } from './targets.ts';
import { packFile, zipOf, zipSettings } from './zip.ts';

/** What a build needs to know of a component. */
export type Buildable = Pick<
  Component,
  | 'name'
  | 'folder'
  | 'hasDatabase'
  | 'keepsColumns'
  | 'hasApiDocs'
  | 'hasShop'
  | 'entries'
  | 'swap'
  | 'files'
> & {
  /** For a place where only PostgreSQL is used: leaves SQLite's addon and DuckDB out. */
  readonly withoutEngines?: boolean;
};

/** A zip on disk. */
export interface Artefact {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Wall time of the call that made it, also when nothing had to be built. */
  readonly buildMs: number;
  /** True when no input had changed since the zip was written. */
  readonly reused: boolean;
}

/**
 * Bundles a component and zips it to `.lab/artefacts/<zip name>.zip`, unless no input has changed.
 * @throws CannotStart naming the file and line that does not build, or the asset that is missing
 */
export async function buildArtefact(
  component: Buildable,
  root: string = repoRoot,
): Promise<Artefact> {
  const [artefact] = await buildArtefacts([component], root);
  return artefact as Artefact;
}

/**
 * The same for several, reading, parsing and compressing what they share only once.
 * @param released true also unpacks each that was built, as unpackArtefact does
 */
export async function buildArtefacts(
  components: readonly Buildable[],
  root: string = repoRoot,
  released = false,
): Promise<Artefact[]> {
  const beganMs = performance.now();
  const round: Round = { root, cache: createBuildCache(), released };
  const known = await Promise.all(components.map((component) => unchangedZip(component, round)));
  const stale = components.filter((_, index) => known[index] === undefined);
  const built = await buildZips(stale, round);
  return components.map((component, index) => ({
    name: zipName(component),
    path: zipPath(component, root),
    ...(known[index] ?? (built.get(component) as Zip)),
    buildMs: performance.now() - beganMs,
    reused: known[index] !== undefined,
  }));
}

/** The zips; `built` says that they are up to date and whole, which is then not looked at again. */
export async function zipsOf(components: readonly Buildable[], root: string, built = false) {
  if (!built) return buildArtefacts(components, root);
  return components.map((component) => {
    const path = zipPath(component, root);
    return { path, sha256: manifestOf(path).sha256 };
  });
}

/** Those whose zip is missing, damaged or older than a file it is made of. */
export async function staleComponents(
  components: readonly Buildable[],
  root: string = repoRoot,
): Promise<Buildable[]> {
  const round: Round = { root, cache: createBuildCache(), released: false };
  const known = await Promise.all(components.map((component) => unchangedZip(component, round)));
  return components.filter((_, index) => known[index] === undefined);
}

type Zip = Pick<Artefact, 'bytes' | 'sha256'>;

/** One call of buildArtefacts. */
interface Round {
  readonly root: string;
  readonly cache: BuildCache;
  readonly released: boolean;
}

async function unchangedZip(
  component: Buildable,
  { root, cache }: Round,
): Promise<Zip | undefined> {
  try {
    const path = zipPath(component, root);
    const manifest = manifestOf(path);
    const now = await cache.fingerprint(root, manifest.inputs, settingsOf(component, root));
    if (now !== manifest.fingerprint) return undefined;
    const sha256 = hashOfFile(path);
    return sha256 === manifest.sha256 ? { bytes: statSync(path).size, sha256 } : undefined;
  } catch {
    return undefined;
  }
}

async function buildZips(components: readonly Buildable[], round: Round) {
  if (components.length === 0) return new Map<Buildable, Zip>();
  const assets = components.map((component) => assetsOf(component, round.root));
  const [all, packedAssets] = await Promise.all([
    contentsOf(components, round.root),
    // In zlib's threads, while esbuild works in its own process.
    Promise.all(assets.map((list) => Promise.all(list.map((asset) => round.cache.pack(asset))))),
  ]);
  const zips = components.map(async (component, index) => {
    const { files, inputs } = all[index] as Content;
    const zip = zipOf([
      ...(await Promise.all(files.map(packFile))),
      ...(packedAssets[index] ?? []),
    ]);
    const others = assets[index] ?? [];
    const sha256 = sha256Of(zip);
    const madeOf = [...inputs, ...others.map(({ from }) => from)].sort();
    await store(component, zip, { sha256, inputs: madeOf }, round);
    if (round.released) {
      const whole = [...files, ...(await Promise.all(others.map(round.cache.read)))];
      const release = { name: zipName(component), sha256, files: whole };
      await writeRelease(release, labFolders(round.root).releases);
    }
    return [component, { bytes: zip.length, sha256 }] as const;
  });
  return new Map(await Promise.all(zips));
}

async function store(
  component: Buildable,
  zip: Buffer,
  made: Omit<Manifest, 'fingerprint'>,
  round: Round,
) {
  const path = zipPath(component, round.root);
  const settings = settingsOf(component, round.root);
  const fingerprint = await round.cache.fingerprint(round.root, made.inputs, settings);
  await storeWithManifest(path, zip, { ...made, fingerprint });
}

/** Whatever else the bytes depend on, such as a migration that was not there before. */
function settingsOf(component: Buildable, root: string): string {
  const { name, folder, hasDatabase, hasApiDocs, swap, entries } = component;
  const tools = [esbuildVersion, process.versions.zlib, zipSettings];
  const flags = [component.hasShop, component.withoutEngines].map(Boolean);
  return JSON.stringify([
    [name, folder, hasDatabase, hasApiDocs, swap, flags, entries],
    assetsOf(component, root).map((asset) => asset.from),
    bundleOptions,
    tools,
  ]);
}

function zipPath(component: Buildable, root: string): string {
  return join(labFolders(root).artefacts, `${zipName(component)}.zip`);
}
