// console/bundle-page.ts: the script and the style of a page, bundled with all that they import.
// Called by live/page-files.ts and shop/shop-files.ts at the first look of a browser.
import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';
import { buildOrExplain } from '../targets/bundle.ts';

export interface Bundled {
  readonly script: string;
  readonly style: string;
}

/**
 * @param entry absolute path of a .tsx file
 * @throws CannotStart if it does not build
 */
export async function bundlePage(entry: string, plugins: Plugin[] = []): Promise<Bundled> {
  const { outputFiles = [] } = await buildOrExplain({
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
    logLevel: 'silent',
  });
  const textOf = (ending: string) =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: textOf('.js'), style: textOf('.css') };
}
