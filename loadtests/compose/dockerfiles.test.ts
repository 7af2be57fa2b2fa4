// compose/dockerfiles.test.ts: every image installs alike, from all that the lock file speaks of.
// Run by `npm test`; no engine is needed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { repoRoot } from '../targets/lab-folders.ts';

const folders = ['monolith', 'loadtests', ...servicesIn('microservices')];
const dockerfiles = folders
  .map((folder) => join(repoRoot, folder, 'Dockerfile'))
  .filter((path) => existsSync(path));

function servicesIn(folder: string): string[] {
  return readdirSync(join(repoRoot, folder)).map((name) => join(folder, name));
}

/** As npm knows them: what is missing in an image is missing in its node_modules. */
function workspaces(): string[] {
  const lock = JSON.parse(readFileSync(join(repoRoot, 'package-lock.json'), 'utf8'));
  const packages = Object.entries<{ resolved?: string; link?: boolean }>(lock.packages);
  return packages.flatMap(([, { resolved, link }]) => (link && resolved ? [resolved] : []));
}

test('every Dockerfile brings the package file of every workspace, in the same words', () => {
  expect(dockerfiles).toHaveLength(9);
  const layers = dockerfiles.map((path) => {
    const lines = readFileSync(path, 'utf8').split('\n');
    const until = lines.indexOf('RUN npm ci --ignore-scripts');
    return lines.slice(lines.indexOf('WORKDIR /lab'), until + 1);
  });
  for (const layer of layers) expect(layer).toEqual(layers[0]);
  const copied = layers[0]?.filter((line) => line.startsWith('COPY ')).join('\n');
  for (const name of workspaces()) expect(copied).toContain(`COPY ${name}/package.json ${name}/`);
});

test('no image is kept from seeing one of them', () => {
  for (const path of dockerfiles) {
    const seen = readFileSync(join(dirname(path), 'Dockerfile.dockerignore'), 'utf8').split('\n');
    const allows = (name: string) =>
      seen.some((line) =>
        [`!${name}/package.json`, `!${name}`, `!${dirname(name)}/*/package.json`].includes(line),
      );
    for (const name of workspaces()) expect([path, name, allows(name)]).toEqual([path, name, true]);
  }
});
