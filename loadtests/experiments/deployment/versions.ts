// experiments/deployment/versions.ts: the versions that are deployed: one changed line each.
// Called by deployment.ts; writes below .lab/versions only.
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from '../../targets/lab-folders.ts';
import type { Component } from '../../targets/targets.ts';

/** One line of the catalog; the file is the same, letter by letter, in both shapes. */
interface Change {
  readonly file: string;
  readonly line: string;
  readonly becomes: string;
}

export const versionNames = ['good', 'bad', 'wrong'] as const;
export type VersionName = (typeof versionNames)[number];

const changes: Readonly<Record<VersionName, Change>> = {
  good: {
    file: 'view.ts',
    line: 'description: row.description,',
    becomes: 'description: row.description.trim(),',
  },
  // The table is called products: the process says so, and exits while it starts.
  bad: { file: 'model.ts', line: 'INSERT INTO products (id', becomes: 'INSERT INTO product (id' },
  wrong: {
    file: 'view.ts',
    line: 'priceCents: row.price_cents,',
    becomes: 'priceCents: row.price_cents + 1,',
  },
};

/**
 * Copies the sources of a component and changes one line of its catalog.
 * @param folder absolute; replaced where it exists
 * @returns the root to build from: `folder`
 * @throws Error when the line is not there exactly once: the sources have moved on
 */
export function writeVersion(component: Component, name: VersionName, folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(repoRoot, 'node_modules'), join(folder, 'node_modules'));
  cpSync(join(repoRoot, component.folder), join(folder, component.folder), { recursive: true });
  const { file, line, becomes } = changes[name];
  const catalog = component.features.length > 1 ? `${component.folder}/catalog` : component.folder;
  const path = join(folder, catalog, file);
  const [before, after, ...more] = readFileSync(path, 'utf8').split(line);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`${path} has not exactly one line with "${line}": name another to change.`);
  writeFileSync(path, before + becomes + after);
  return folder;
}
