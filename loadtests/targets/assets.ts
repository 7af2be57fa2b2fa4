// targets/assets.ts: the files in a zip beside the bundle: migrations, engines, API page, a component's own.
// Called by artefacts.ts.
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { Buildable } from './artefacts.ts';
import { CannotStart } from './cannot-start.ts';

/** `from` is relative to the root, `name` is its place in the zip. */
export interface Asset {
  readonly root: string;
  readonly from: string;
  readonly name: string;
}

const addon = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node';
const duckdb = 'node_modules/@duckdb/node-api';
const apiPage = 'node_modules/swagger-ui-dist';

/** @throws CannotStart naming a file that is missing and the command that brings it */
export function assetsOf(component: Buildable, root: string): Asset[] {
  const assets: Asset[] = [];
  const demand = (from: string, remedy: string) => {
    if (!existsSync(join(root, from)))
      throw new CannotStart(`${component.name} cannot be built: ${from} is missing; ${remedy}.`);
  };
  const add = (from: string, name: string, remedy: string) => {
    demand(from, remedy);
    assets.push({ root, from, name });
  };
  if (component.hasDatabase) {
    const folder = `${component.folder}/migrations`;
    demand(folder, 'restore it with git');
    for (const name of filesBelow(join(root, folder)))
      assets.push({ root, from: `${folder}/${name}`, name: `migrations/${name}` });
    if (component.withoutEngines !== true)
      add(addon, 'better_sqlite3.node', 'run `npm rebuild better-sqlite3`');
  }
  if (component.keepsColumns === true && component.withoutEngines !== true) {
    demand(duckdb, 'run `npm ci` with its optional packages');
    for (const name of duckdbFiles(root)) assets.push({ root, from: name, name });
  }
  if (component.hasApiDocs) {
    for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css'])
      add(`${apiPage}/${file}`, `swagger-ui/${file}`, 'run `npm install`');
  }
  for (const file of component.files ?? []) add(file, basename(file), 'restore it with git');
  return assets;
}

/** The engine of columns as it is installed, with the binary of this platform, for Node to find it. */
function duckdbFiles(root: string): string[] {
  const scope = 'node_modules/@duckdb';
  const packages = readdirSync(join(root, scope)).sort();
  return [...packages.map((name) => `${scope}/${name}`), 'node_modules/detect-libc']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => filesBelow(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((name) => !/\.(md|map|d\.ts)$/.test(name));
}

/** Relative to the folder, with forward slashes. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
