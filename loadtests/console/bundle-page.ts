// console/bundle-page.ts: the script and the style of a page, bundled with all that they import.
// Called by live/page-files.ts at the first look of a browser, and by storefront/shop-files.ts.
import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';
import { buildOrExplain } from '../targets/bundle.ts';
import { repoRoot } from '../targets/lab-folders.ts';

export interface Bundled {
  readonly script: string;
  readonly style: string;
  /** Relative to the root; what a plugin made is not among them. */
  readonly inputs: readonly string[];
}

/**
 * @param entry absolute path of a .tsx file
 * @throws CannotStart if it does not build
 */
export async function bundlePage(entry: string, plugins: Plugin[] = []): Promise<Bundled> {
  const { outputFiles = [], metafile } = await buildOrExplain({
    absWorkingDir: repoRoot,
    entryPoints: [entry],
    outdir: dirname(entry),
    plugins,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'utf8',
    tsconfigRaw: '{}',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const textOf = (ending: string) =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  const inputs = Object.keys(metafile?.inputs ?? {}).filter(
    (name) => !name.startsWith('generated:'),
  );
  return { script: textOf('.js'), style: textOf('.css'), inputs };
}
