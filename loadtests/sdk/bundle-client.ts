// sdk/bundle-client.ts: client.ts and the facts of one document as two minified files.
// Called by generate.ts; nothing is written here.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOrExplain } from '../targets/bundle.ts';
import { repoRoot } from '../targets/lab-folders.ts';
import type { Facts } from './client.ts';

/** The global that a page's script finds the client under. */
export const globalName = 'ShopSdk';

export interface Client {
  readonly text: string;
  /** Relative to the root. */
  readonly inputs: readonly string[];
}

/** @param format `esm` for import, `iife` for a script tag */
export async function bundleClient(
  facts: Facts,
  notice: string,
  format: 'esm' | 'iife',
): Promise<Client> {
  const { outputFiles, metafile } = await buildOrExplain({
    absWorkingDir: repoRoot,
    stdin: { contents: entryOf(facts), resolveDir: dirname(fileURLToPath(import.meta.url)) },
    banner: { js: `/*! ${notice} Contains openapi-fetch, MIT, (c) Drew Powers. */` },
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    tsconfigRaw: '{}',
    format,
    ...(format === 'iife' && { globalName }),
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const inputs = Object.keys(metafile?.inputs ?? {}).filter((name) => name !== '<stdin>');
  return { text: outputFiles?.[0]?.text ?? '', inputs };
}

function entryOf(facts: Facts): string {
  return `import { clientOf } from './client.ts';
export const createClient = (options) => clientOf(${JSON.stringify(facts)}, options);`;
}
