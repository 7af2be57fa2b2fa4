// storefront/shop-files.ts: the storefront as three files, with an SDK generated from the contract inside.
// Built into the zips of the monolith and of the gateway; the console serves the same at another origin.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { bundlePage } from '../console/bundle-page.ts';
import { bundleClient } from '../sdk/bundle-client.ts';
import { factsOf } from '../sdk/facts.ts';
import { filesBelow } from '../targets/assets.ts';
import { repoRoot } from '../targets/lab-folders.ts';

export interface Storefront {
  readonly files: Readonly<Record<'shop.html' | 'shop.js' | 'shop.css', string>>;
  /** All that it is made of, relative to the root. */
  readonly inputs: readonly string[];
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
/** What everybody reads of the contract; a test holds the one to the other. */
const contract = 'docs/openapi.json';

/** @throws CannotStart if the script does not build */
export async function buildShop(): Promise<Storefront> {
  const document = JSON.parse(readFileSync(join(repoRoot, contract), 'utf8'));
  const { esm } = await bundleClient(factsOf({ document, baseUrl: '..' }), 'Of the contract.');
  const { script, style, inputs } = await bundlePage(here('./browser/main.tsx'), [sdkAs(esm)]);
  const page = here('./shop.html');
  const generator = filesBelow(join(repoRoot, 'loadtests/sdk')).map(
    (name) => `loadtests/sdk/${name}`,
  );
  return {
    files: { 'shop.html': readFileSync(page, 'utf8'), 'shop.js': script, 'shop.css': style },
    inputs: [...inputs, ...generator, contract, relative(repoRoot, page)],
  };
}

/** `shop-sdk` is what `npm run sdk` would write, made just now. */
function sdkAs(contents: string): Plugin {
  return {
    name: 'generated-sdk',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^shop-sdk$/ }, () => ({ path: 'shop-sdk', namespace: 'generated' }));
      onLoad({ filter: /.*/, namespace: 'generated' }, () => ({ contents, loader: 'js' }));
    },
  };
}
