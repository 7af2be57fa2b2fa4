// targets/artefacts.ts: turns a component's folder into the one zip that is shipped.
// Called by process-platform.ts, `npm run build` and the deployment experiment.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type BuildFailure, type BuildOptions, build } from 'esbuild';
import { assetsOf } from './assets.ts';
import { type BuildCache, createBuildCache } from './build-cache.ts';
import { CannotStart } from './cannot-start.ts';
import { labFolders, repoRoot } from './lab-folders.ts';
import type { Component } from './targets.ts';
import { packFile, zipOf } from './zip.ts';

/** What a build needs to know of a component. */
export type Buildable = Pick<Component, 'name' | 'folder' | 'hasDatabase' | 'hasApiDocs'>;

/** A zip on disk. */
export interface Artefact {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Wall time of this call, also when nothing had to be built. */
  readonly buildMs: number;
  /** True when no input had changed since the zip was written. */
  readonly reused: boolean;
}

/** Beside each zip: what it was made of. Input paths are relative to the root. */
interface Manifest {
  readonly fingerprint: string;
  readonly inputs: readonly string[];
  readonly sha256: string;
}

/** Builds several components at once, reading and compressing what they share only once. */
export function buildArtefacts(
  components: readonly Buildable[],
  root: string = repoRoot,
): Promise<Artefact[]> {
  const cache = createBuildCache();
  return Promise.all(components.map((component) => buildArtefact(component, root, cache)));
}

/**
 * Bundles a component and zips it to `.lab/artefacts/<name>.zip`, unless no input has changed.
 * @throws CannotStart naming the file and line that does not build, or the asset that is missing
 */
export async function buildArtefact(
  component: Buildable,
  root: string = repoRoot,
  cache: BuildCache = createBuildCache(),
): Promise<Artefact> {
  const beganMs = performance.now();
  const path = join(labFolders(root).artefacts, `${component.name}.zip`);
  const old = await unchangedZip(component, root, cache, path);
  const zip = old ?? (await buildZip(component, root, cache, path));
  return {
    name: component.name,
    path,
    bytes: zip.length,
    sha256: sha256(zip),
    buildMs: performance.now() - beganMs,
    reused: old !== undefined,
  };
}

async function unchangedZip(component: Buildable, root: string, cache: BuildCache, path: string) {
  try {
    const manifest = JSON.parse(await readFile(manifestPath(path), 'utf8')) as Manifest;
    const now = await cache.fingerprint(root, manifest.inputs, settingsOf(component, root));
    if (now !== manifest.fingerprint) return undefined;
    const zip = await readFile(path);
    return sha256(zip) === manifest.sha256 ? zip : undefined;
  } catch {
    return undefined;
  }
}

async function buildZip(component: Buildable, root: string, cache: BuildCache, path: string) {
  const assets = assetsOf(component, root);
  const bundled = bundle(component, root);
  const packedAssets = Promise.all(assets.map((asset) => cache.pack(asset)));
  const { outputs, inputs: sources } = await bundled;
  const packedOutputs = await Promise.all([...outputs, packageFile(component, root)].map(packFile));
  const zip = zipOf([...packedOutputs, ...(await packedAssets)]);
  const inputs = [...sources, packagePath(component), ...assets.map((asset) => asset.from)].sort();
  const fingerprint = await cache.fingerprint(root, inputs, settingsOf(component, root));
  writeWhole(path, zip);
  const manifest: Manifest = { fingerprint, inputs, sha256: sha256(zip) };
  writeWhole(manifestPath(path), JSON.stringify(manifest));
  return zip;
}

async function bundle(component: Buildable, root: string) {
  try {
    const { outputFiles = [], metafile } = await build(bundleOptions(component, root));
    return {
      outputs: outputFiles.map(({ path, contents }) => ({
        name: basename(path),
        content: contents,
      })),
      inputs: Object.keys(metafile?.inputs ?? {}),
    };
  } catch (failure) {
    throw new CannotStart(failureSentence(component, failure as BuildFailure));
  }
}

function failureSentence(component: Buildable, failure: BuildFailure): string {
  const first = failure.errors?.[0];
  const where = first?.location == null ? '' : `${first.location.file}:${first.location.line}: `;
  const what = first?.text ?? failure.message;
  return `${component.name} does not build: ${where}${what}. Mend it and start again.`;
}

/** Under other names than a bundled module would choose: both live in one scope. */
const commonJsBanner = [
  "import { createRequire as labCreateRequire } from 'node:module';",
  "import { fileURLToPath as labFileUrlToPath } from 'node:url';",
  'const require = labCreateRequire(import.meta.url);',
  'const labFilename = labFileUrlToPath(import.meta.url);',
  "const labDirname = labFileUrlToPath(new URL('.', import.meta.url));",
].join('');

function bundleOptions(component: Buildable, root: string): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: [join(component.folder, 'server.ts')],
    // Never written: it only makes the source map's relative paths the same on every machine.
    outfile: join(root, '.lab/artefacts', component.name, 'server.mjs'),
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    external: ['pg-native'],
    define: { __dirname: 'labDirname', __filename: 'labFilename' },
    banner: { js: commonJsBanner },
    tsconfigRaw: '{}',
    logLevel: 'silent',
  };
}

/** Whatever else the bytes depend on: with it, a changed setting rebuilds like a changed file. */
function settingsOf(component: Buildable, root: string): string {
  const { absWorkingDir, outfile, ...options } = bundleOptions(component, root);
  return JSON.stringify([component, options, process.versions.zlib]);
}

function packageFile(component: Buildable, root: string) {
  const { name, version } = JSON.parse(readFileSync(join(root, packagePath(component)), 'utf8'));
  const content = JSON.stringify({ name, version, type: 'module' }, null, 2);
  return { name: 'package.json', content: Buffer.from(`${content}\n`) };
}

function packagePath(component: Buildable): string {
  return `${component.folder}/package.json`;
}

function manifestPath(zipPath: string): string {
  return zipPath.replace(/\.zip$/, '.json');
}

/** Never leaves half a file behind, whenever the build is interrupted. */
function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(join(path, '..'), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, content);
  renameSync(draft, path);
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
