// targets/assets.ts: the files that travel in a zip beside the bundle: schema, addon, API page.
// Called by artefacts.ts.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Buildable } from './artefacts.ts';
import { CannotStart } from './cannot-start.ts';

/** `from` is relative to the root, `name` is its place in the zip. */
export interface Asset {
  readonly root: string;
  readonly from: string;
  readonly name: string;
}

const addon = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node';
const apiPage = 'node_modules/swagger-ui-dist';

/** @throws CannotStart naming a file that is missing and the command that brings it */
export function assetsOf(component: Buildable, root: string): Asset[] {
  const assets: Asset[] = [];
  const add = (from: string, name: string, remedy: string) => {
    if (!existsSync(join(root, from)))
      throw new CannotStart(`${component.name} cannot be built: ${from} is missing; ${remedy}.`);
    assets.push({ root, from, name });
  };
  if (component.hasDatabase) {
    add(`${component.folder}/schema.sql`, 'schema.sql', 'restore it with git');
    add(addon, 'better_sqlite3.node', 'run `npm rebuild better-sqlite3`');
  }
  if (component.hasApiDocs) {
    for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css'])
      add(`${apiPage}/${file}`, `swagger-ui/${file}`, 'run `npm install`');
  }
  return assets;
}
