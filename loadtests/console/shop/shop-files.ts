// shop/shop-files.ts: the storefront as three files, with an SDK generated from the contract inside.
// Called by the console's server; the same files can lie beside any shape, or at any other origin.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { contractDocument } from '../../openapi/contract-document.ts';
import { bundleClient } from '../../sdk/bundle-client.ts';
import { factsOf } from '../../sdk/facts.ts';
import { bundlePage } from '../bundle-page.ts';

export interface ShopFiles {
  readonly 'shop.html': string;
  readonly 'shop.js': string;
  readonly 'shop.css': string;
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** @throws CannotStart if the script does not build */
export async function buildShop(): Promise<ShopFiles> {
  const facts = factsOf({ document: contractDocument(), baseUrl: '..' });
  const { esm } = await bundleClient(facts, 'Of the contract.');
  const { script, style } = await bundlePage(here('./browser/main.tsx'), [sdkAs(esm)]);
  const html = readFileSync(here('./shop.html'), 'utf8');
  return { 'shop.html': html, 'shop.js': script, 'shop.css': style };
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
