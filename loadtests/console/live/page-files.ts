// live/page-files.ts: the console's page: its script and style, bundled once, asking nothing of the network.
// Called by live-server.ts at the first look of a browser.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildOrExplain } from '../../targets/bundle.ts';

export interface PageFiles {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** @throws CannotStart if the script does not build */
export async function buildPage(): Promise<PageFiles> {
  const { outputFiles = [] } = await buildOrExplain({
    entryPoints: { console: here('./browser/main.tsx') },
    outdir: here('./browser'),
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
  return { html: page, script: textOf('.js'), style: textOf('.css') };
}

/** Nothing of another origin is loaded, and no other script runs. */
export const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'";

const page = readFileSync(here('./page.html'), 'utf8');
