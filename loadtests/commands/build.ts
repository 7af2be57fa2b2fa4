// commands/build.ts: `npm run build`: every component as the zip that is shipped.
// Called by run.mjs.
import { type Artefact, buildArtefacts } from '../targets/artefacts.ts';
import { targetsAt } from '../targets/targets.ts';
import { helpOf, readFlags } from './lib/flags.ts';
import { dim, table } from './lib/format.ts';
import { during } from './lib/progress.ts';

const usage = {
  command: 'build',
  about: 'Bundles every component whose files have changed and zips it to .lab/artefacts.',
  flags: {},
} as const;

/** @returns the exit code */
export async function main(argv: readonly string[]): Promise<number> {
  if (readFlags(usage, argv).help) {
    console.log(helpOf(usage));
    return 0;
  }
  const components = Object.values(targetsAt()).flatMap((target) => target.components);
  const artefacts = await during(
    `Building ${components.length} zips`,
    () => buildArtefacts(components),
    (all) => builtSentence(all.length, all.filter((artefact) => !artefact.reused).length),
  );
  console.log(`\n${artefactTable(artefacts)}\n\n${dim('.lab/artefacts/<component>.zip')}`);
  return 0;
}

/** @param built how many of `count` zips had to be made */
export function builtSentence(count: number, built: number): string {
  return `Built ${built} zips, ${count - built} unchanged`;
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
