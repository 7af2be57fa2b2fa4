// storefront/shop-files.ts: the storefront as three files, with an SDK generated from the contract inside.
// Built into the zips of the monolith and of the gateway; the console serves the same at another origin.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { bundlePage } from '../console/bundle-page.ts';
import { bundleClient } from '../sdk/bundle-client.ts';
import { factsOf } from '../sdk/facts.ts';
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
  const facts = factsOf({ document, baseUrl: '..' });
  const sdk = await bundleClient(facts, 'Of the contract.', 'esm');
  const page = await bundlePage(here('./browser/main.tsx'), [sdkAs(sdk.text)]);
  const html = readFileSync(here('./shop.html'), 'utf8');
  return {
    files: { 'shop.html': html, 'shop.js': page.script, 'shop.css': page.style },
    inputs: [...page.inputs, ...sdk.inputs, ...makers],
  };
}

/** What decides how it is made, and is not bundled itself. */
const makers = [
  ...[contract, 'loadtests/storefront/shop.html', 'loadtests/storefront/shop-files.ts'],
  ...['loadtests/console/bundle-page.ts', 'loadtests/openapi/document.ts'],
  ...['loadtests/sdk/bundle-client.ts', 'loadtests/sdk/facts.ts'],
];

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
