// targets/bundle.ts: turns the TypeScript of several components into one JavaScript file an entry.
// Called by artefacts.ts; esbuild parses what the components share once when they are built together.
import { basename, join } from 'node:path';
import { type BuildFailure, type BuildOptions, build, type Metafile, stop } from 'esbuild';
import type { Buildable } from './artefacts.ts';
import { CannotStart } from './cannot-start.ts';
import { type Swap, swapPlugin } from './swap.ts';
import type { ZipFile } from './zip.ts';

/** A component's bundle, and every file that it was made of. */
export interface Bundle {
  readonly outputs: readonly ZipFile[];
  /** Relative to the root. */
  readonly inputs: readonly string[];
}

/**
 * Bundles all components that swap the same files in one go; the bytes are those of each by itself.
 * @returns bundles in the order of the components
 * @throws CannotStart naming the file and line that does not build
 */
export async function bundleAll(components: readonly Buildable[], root: string): Promise<Bundle[]> {
  const bundles = new Map<Buildable, Bundle>();
  for (const swap of new Set(components.map((component) => component.swap))) {
    const alike = components.filter((component) => component.swap === swap);
    const made = await bundleAlike(alike, swap, root);
    for (const [index, component] of alike.entries()) bundles.set(component, made[index] as Bundle);
  }
  return components.map((component) => bundles.get(component) as Bundle);
}

async function bundleAlike(
  components: readonly Buildable[],
  swap: Swap | undefined,
  root: string,
): Promise<Bundle[]> {
  const { outputFiles = [], metafile } = await buildOrExplain({
    ...bundleOptions,
    plugins: swap === undefined ? [] : [swapPlugin(swap, root)],
    absWorkingDir: root,
    // Nothing is written there, but several entries demand a name for it.
    outdir: join(root, '.lab/artefacts'),
    entryPoints: components.flatMap((component) =>
      entriesOf(component).map((entry) => ({ in: entry, out: outputOf(component, entry) })),
    ),
  });
  return components.map((component) => ({
    outputs: outputFiles
      .filter(({ path }) => basename(join(path, '..')) === component.name)
      .map(({ path, contents }) => ({ name: basename(path), content: contents })),
    inputs: metafile === undefined ? [] : reachableFrom(entriesOf(component), metafile),
  }));
}

/** Under other names than a bundled module would choose: both live in one scope. */
const commonJsBanner = [
  "import { createRequire as labCreateRequire } from 'node:module';",
  "import { fileURLToPath as labFileUrlToPath } from 'node:url';",
  'const require = labCreateRequire(import.meta.url);',
  'const labFilename = labFileUrlToPath(import.meta.url);',
  "const labDirname = labFileUrlToPath(new URL('.', import.meta.url));",
].join('');

/** Part of every fingerprint: a changed setting rebuilds like a changed file. */
export const bundleOptions = {
  write: false,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  outExtension: { '.js': '.mjs' },
  metafile: true,
  // The engine of columns has a native part, and belongs to who opens such a file.
  external: ['pg-native', '@duckdb/node-api'],
  define: { __dirname: 'labDirname', __filename: 'labFilename' },
  banner: { js: commonJsBanner },
  tsconfigRaw: '{}',
  logLevel: 'silent',
} as const satisfies BuildOptions;

function entriesOf({ folder, entries = ['server'] }: Buildable): string[] {
  return entries.map((name) => join(folder, `${name}.ts`));
}

function outputOf({ name }: Buildable, entry: string): string {
  return `${name}/${basename(entry, '.ts')}`;
}

/** Of this moment: they share esbuild's one process. */
let buildsUnderWay = 0;

/**
 * One build, with no process of esbuild's left behind by the last of those under way.
 * @throws CannotStart naming the file and line that does not build
 */
export async function buildOrExplain(options: BuildOptions) {
  buildsUnderWay += 1;
  try {
    return await build(options);
  } catch (failure) {
    const { errors, message } = failure as BuildFailure;
    const first = errors?.[0];
    const where =
      first?.location == null ? 'The code' : `${first.location.file}:${first.location.line}`;
    throw new CannotStart(`${where} does not build: ${first?.text ?? message}.`);
  } finally {
    buildsUnderWay -= 1;
    // Else its process would stay, with 60 MB, beside the servers that are measured.
    if (buildsUnderWay === 0) await stop();
  }
}

/** Also files that left no byte in the bundle: with a change, they might. */
function reachableFrom(entries: readonly string[], metafile: Metafile): string[] {
  const reached = new Set(entries);
  for (const file of reached)
    for (const { path, external } of metafile.inputs[file]?.imports ?? [])
      if (external !== true) reached.add(path);
  return [...reached];
}
