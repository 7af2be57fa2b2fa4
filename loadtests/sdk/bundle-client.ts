// sdk/bundle-client.ts: client.ts and the facts of one document as two minified files.
// Called by generate.ts; nothing is written here.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';
import { buildOrExplain } from '../targets/bundle.ts';
import type { Facts } from './client.ts';

/** The global that a page's script finds the client under. */
export const globalName = 'ShopSdk';

/** @returns `esm` for import, `iife` for a script tag */
export async function bundleClient(
  facts: Facts,
  notice: string,
): Promise<{ esm: string; iife: string }> {
  const options = {
    stdin: { contents: entryOf(facts), resolveDir: dirname(fileURLToPath(import.meta.url)) },
    banner: { js: `/*! ${notice} Contains openapi-fetch, MIT, (c) Drew Powers. */` },
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    tsconfigRaw: '{}',
    write: false,
    logLevel: 'silent',
  } as const satisfies BuildOptions;
  return {
    esm: await built({ ...options, format: 'esm' }),
    iife: await built({ ...options, format: 'iife', globalName }),
  };
}

function entryOf(facts: Facts): string {
  return `import { clientOf } from './client.ts';
export const createClient = (options) => clientOf(${JSON.stringify(facts)}, options);`;
}

async function built(options: BuildOptions): Promise<string> {
  const { outputFiles } = await buildOrExplain(options);
  return outputFiles?.[0]?.text ?? '';
}
