// targets/contents.ts: what is made for a zip: bundles, a package.json and, at a front door, the storefront.
// Called by artefacts.ts, which puts assets beside it and compresses all.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Buildable } from './artefacts.ts';
import { type Bundle, bundleAll } from './bundle.ts';
import type { ZipFile } from './zip.ts';

/** The files, and what they were made of, relative to the root. */
export interface Content {
  readonly files: readonly ZipFile[];
  readonly inputs: readonly string[];
}

/** @throws CannotStart naming the file and line that does not build */
export async function contentsOf(
  components: readonly Buildable[],
  root: string,
): Promise<Content[]> {
  const hasShop = components.some((component) => component.hasShop);
  const [bundles, shop] = await Promise.all([
    bundleAll(components, root),
    hasShop ? shopContent() : nothing,
  ]);
  return components.map((component, index) => {
    const { outputs, inputs } = bundles[index] as Bundle;
    const more = component.hasShop === true ? shop : nothing;
    const packagePath = `${component.folder}/package.json`;
    return {
      files: [...outputs, packageFile(join(root, packagePath)), ...more.files],
      inputs: [...inputs, packagePath, ...more.inputs],
    };
  });
}

const nothing: Content = { files: [], inputs: [] };

function packageFile(path: string): ZipFile {
  const { name, version } = JSON.parse(readFileSync(path, 'utf8'));
  const content = JSON.stringify({ name, version, type: 'module' }, null, 2);
  return { name: 'package.json', content: Buffer.from(`${content}\n`) };
}

async function shopContent(): Promise<Content> {
  // Not beside the others: the image of a service is built without the storefront's sources.
  const { buildShop } = await import('../storefront/shop-files.ts');
  const { files, inputs } = await buildShop();
  const inZip = Object.entries(files).map(([name, text]) => ({
    name: `shop/${name}`,
    content: Buffer.from(text),
  }));
  return { files: inZip, inputs };
}
