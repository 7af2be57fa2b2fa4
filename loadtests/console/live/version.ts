// live/version.ts: the sources of a component with one line more, in a folder to build from.
// Called by deployments.ts; the experiment on deployments changes a line of the catalog instead.
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Buildable } from '../../targets/artefacts.ts';
import { repoRoot } from '../../targets/lab-folders.ts';

const lines = {
  good: "console.log('This is the new version.');",
  // 2 says that another try would be no use: the supervisor gives up at once.
  bad: "console.error('This version does not start.'); process.exit(2);",
} as const;

/**
 * @param root absolute; made
 * @throws Error when its entry has no import to put the line behind
 */
export function writeVersion(
  component: Buildable,
  version: keyof typeof lines,
  root: string,
): void {
  mkdirSync(root, { recursive: true });
  symlinkSync(join(repoRoot, 'node_modules'), join(root, 'node_modules'));
  cpSync(join(repoRoot, component.folder), join(root, component.folder), { recursive: true });
  const [entry = 'server'] = component.entries ?? [];
  const path = join(root, component.folder, `${entry}.ts`);
  const text = readFileSync(path, 'utf8');
  const last = [...text.matchAll(/^(?:import|\}) .*from .*;$/gm)].at(-1);
  if (last === undefined) throw new Error(`${path} begins otherwise than it did.`);
  const at = last.index + last[0].length;
  // Before anything is opened: a bad version must not get as far as the database.
  writeFileSync(path, `${text.slice(0, at)}\n${lines[version]}${text.slice(at)}`);
}
