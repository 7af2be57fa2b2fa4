// commands/build.ts: `npm run build`: every component and function, or those named, as shipped zips.
// Called by run.mjs, and by the Dockerfiles.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Artefact, type Buildable, buildArtefacts } from '../targets/artefacts.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import { functionZips } from '../targets/function-zips.ts';
import { repoRoot } from '../targets/lab-folders.ts';
import { withQueue } from '../targets/queue.ts';
import { targetsAt } from '../targets/targets.ts';
import { readZip } from '../targets/zip.ts';
import { helpOf, readFlags } from './lib/flags.ts';
import { dim, table } from './lib/format.ts';
import { during } from './lib/progress.ts';

const usage = {
  command: 'build',
  about: 'Bundles every component whose files have changed and zips it to .lab/artefacts.',
  words: '[components]',
  flags: {
    into: {
      value: '<folder>',
      about: 'also unpack the one component named into this empty folder',
    },
    released: { about: 'also unpack each that was built to .lab/releases, as a start would' },
    'without-sqlite': { about: 'leave the engines of files out, for a place that has PostgreSQL' },
  },
} as const;

/** @returns the exit code */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const components = componentsNamed(given.words);
  const into = given.text('into');
  if (into !== undefined && components.length !== 1)
    throw new CannotStart('--into takes one component: name it, as in `npm run build -- catalog`.');
  if (into !== undefined) mustBeEmpty(resolve(into));
  const withoutEngines = given.on('without-sqlite');
  const artefacts = await during(
    `Building ${zips(components.length)}`,
    () =>
      buildArtefacts(
        components.map((component) => ({ ...component, withoutEngines })),
        repoRoot,
        given.on('released'),
      ),
    (all) => builtSentence(all.length, all.filter((artefact) => !artefact.reused).length),
  );
  if (into !== undefined) await unpack(artefacts[0] as Artefact, resolve(into));
  console.log(`\n${artefactTable(artefacts)}\n\n${dim('.lab/artefacts/<component>.zip')}`);
  return 0;
}

/** @param built how many of `count` zips had to be made */
export function builtSentence(count: number, built: number): string {
  return `Built ${zips(built)}, ${count - built} unchanged`;
}

const zips = (count: number) => `${count} ${count === 1 ? 'zip' : 'zips'}`;

/** All where none is named. @throws CannotStart naming a component that does not exist */
function componentsNamed(names: readonly string[]): readonly Buildable[] {
  const all: readonly Buildable[] = [
    ...Object.values(targetsAt()).flatMap(
      (target) => withQueue(target, { coupling: 'queue' }).components,
    ),
    ...functionZips,
  ];
  if (names.length === 0) return all;
  return names.map((name) => {
    const found = all.find((component) => component.name === name);
    if (found !== undefined) return found;
    const known = all.map((component) => component.name).join(', ');
    throw new CannotStart(`There is no component "${name}": choose from ${known}.`);
  });
}

/** @throws CannotStart for one that holds anything: what is there is nobody's to replace */
function mustBeEmpty(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)
    throw new CannotStart(`--into names ${folder}, which is not an empty folder: choose another.`);
}

async function unpack({ path }: Artefact, folder: string): Promise<void> {
  for (const { name, content } of await readZip(readFileSync(path))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

function artefactTable(artefacts: readonly Artefact[]): string {
  const head = ['component', 'zip bytes', 'sha256', 'ms', ''];
  const rows = artefacts.map(({ name, bytes, sha256, buildMs, reused }) => [
    name,
    bytes.toLocaleString('en-US'),
    sha256.slice(0, 8),
    buildMs.toFixed(0),
    reused ? 'reused' : 'built',
  ]);
  return table([head, ...rows], [1, 3]).replaceAll(/^/gm, '  ');
}
