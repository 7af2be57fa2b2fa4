// live/page-files.ts: the console's page: its script and style, bundled once, asking nothing of the network.
// Called by live-server.ts at the first look of a browser.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Bundled, bundlePage } from '../bundle-page.ts';

export interface PageFiles extends Bundled {
  readonly html: string;
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** @throws CannotStart if the script does not build */
export async function buildPage(): Promise<PageFiles> {
  return { html: page, ...(await bundlePage(here('./browser/main.tsx'))) };
}

/** Nothing of another origin is loaded, and no other script runs. */
export const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'";

const page = readFileSync(here('./page.html'), 'utf8');
