// commands/openapi.ts: `npm run openapi`: the contract as a document: its rules, its file, what it breaks.
// Called by run.mjs.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  asText,
  committedPath,
  contractDocument,
  readCommitted,
  releasedPath,
} from '../openapi/contract-document.ts';
import { breaksSinceRelease, drift, lintBreaches, quietBreak } from '../openapi/examine.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import { repoRoot } from '../targets/lab-folders.ts';
import { helpOf, readFlags } from './lib/flags.ts';
import { green, red } from './lib/format.ts';

const usage = {
  command: 'openapi',
  about: `Checks the OpenAPI document of the contract: its rules, whether the file in
docs/ is up to date, and whether it breaks what was released. Exits 1 if not.`,
  flags: {
    write: { about: `write ${committedPath}` },
    release: { about: `and ${releasedPath}: from now on, nothing in it may break` },
  },
} as const;

/** @returns 0 when all is well, else 1 @throws CannotStart for a release that would break programs */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  if (given.on('release')) refuseQuietBreak();
  if (given.on('write') || given.on('release')) write(committedPath);
  if (given.on('release')) write(releasedPath);
  const found = [
    report('the rules', await lintBreaches()),
    report(committedPath, drift()),
    report('what was released', breaksSinceRelease()),
  ];
  return found.every(Boolean) ? 0 : 1;
}

function refuseQuietBreak(): void {
  const broken = quietBreak(readCommitted(releasedPath), contractDocument());
  if (broken === undefined) return;
  throw new CannotStart(
    `${broken}: raise the first number of the version in shared/contract/openapi.ts first.`,
  );
}

function write(path: string): void {
  writeFileSync(join(repoRoot, path), asText(contractDocument()));
}

function report(what: string, complaints: readonly string[]): boolean {
  const mark = complaints.length === 0 ? green('✓') : red('✗');
  console.log([`  ${mark} ${what}`, ...complaints.map((line) => `    ${line}`)].join('\n'));
  return complaints.length === 0;
}
