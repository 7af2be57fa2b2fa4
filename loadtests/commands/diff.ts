// commands/diff.ts: `npm run diff -- orders`: what the architecture changes in one feature.
// Called by run.mjs.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotStart } from '../targets/cannot-start.ts';
import { repoRoot } from '../targets/lab-folders.ts';
import { type Feature, features } from '../targets/targets.ts';
import { type Given, helpOf, readFlags } from './lib/flags.ts';
import { bold, dim, table } from './lib/format.ts';
import { runTool } from './lib/tool.ts';
import { compareTwins, type Twins } from './lib/twins.ts';

const usage = {
  command: 'diff',
  about: 'Shows what differs between a feature of the monolith and its service.',
  words: `[${features.join('|')}]`,
  flags: {
    stat: { about: 'the summary without the differing lines' },
    tests: { about: 'with the *.test.ts files, which are left out otherwise' },
  },
} as const;

/** @returns the exit code; that files differ is no failure */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  const [feature, extra] = given.words;
  if (given.help) console.log(helpOf(usage));
  else if (extra !== undefined)
    throw new CannotStart(`One feature at a time: "${extra}" is one word too many.`);
  else if (feature === undefined) console.log(listOfFeatures());
  else if (isFeature(feature)) await showFeature(feature, given);
  else
    throw new CannotStart(`There is no feature "${feature}": choose from ${features.join(', ')}.`);
  return 0;
}

function isFeature(word: string): word is Feature {
  return (features as readonly string[]).includes(word);
}

function listOfFeatures(): string {
  const rows = features.map((feature) => {
    const { alike, different, onlyInService, differs } = compareTwins(feature);
    const counts = [alike, different, onlyInService, differs];
    return [feature, ...counts.map((list) => String(list.length))];
  });
  const head = ['feature', 'files alike', 'different', 'only in the service', 'DIFFERS lines'];
  return `${table([head, ...rows], [1, 2, 3, 4])}\n\nnpm run diff -- <feature>`;
}

async function showFeature(feature: Feature, given: Given): Promise<void> {
  const twins = compareTwins(feature);
  const shown = twins.different.filter((name) => given.on('tests') || !isTest(name));
  console.log(summaryOf(feature, twins));
  await showLines(feature, shown, given.on('stat'));
  const left = twins.different.length - shown.length;
  if (left > 0) console.log(dim(`\n${left} differing *.test.ts left out: --tests shows them.`));
}

function isTest(name: string): boolean {
  return name.endsWith('.test.ts');
}

/** From copies: without an index, git compares whole folders and cannot leave a file out. */
async function showLines(feature: Feature, names: readonly string[], statOnly: boolean) {
  const copies = mkdtempSync(join(tmpdir(), 'twins-'));
  // Not in a `finally`: a closed pipe ends the program in the middle of the diff.
  process.once('exit', () => rmSync(copies, { recursive: true, force: true }));
  const folders = [`monolith/${feature}`, `microservices/${feature}`];
  for (const folder of folders) {
    mkdirSync(join(copies, folder), { recursive: true });
    for (const name of names) cpSync(join(repoRoot, folder, name), join(copies, folder, name));
  }
  const diff = ['git', '-C', copies, 'diff', '--no-index'];
  await runTool([...diff, '--stat', '--', ...folders], true);
  if (!statOnly) await runTool([...diff, '--', ...folders], true);
}

function summaryOf(feature: Feature, { alike, onlyInService, differs }: Twins): string {
  const reasons = differs.map(
    ({ path, line, reason, decision }) => `${reason}\n  ${dim(`${path}:${line}  ${decision}`)}`,
  );
  return [
    bold(`Why ${feature} differs`),
    reasons.join('\n') || 'It does not, but for the framework.',
    `\n${bold('Alike')}  ${alike.join('  ') || dim('none')}`,
    `\n${bold('Only in the service')}  ${dim('the standing cost of a process of its own')}`,
    inLines(onlyInService),
    '',
  ].join('\n');
}

function inLines(names: readonly string[]): string {
  const lines = [''];
  for (const name of names) {
    if (`${lines.at(-1)}${name}`.length > 78) lines.push('');
    lines[lines.length - 1] += `${name}  `;
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}
