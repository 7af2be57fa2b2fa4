// commands/diff.ts: `npm run diff -- orders`: what the architecture changes in one feature.
// Called by run.mjs.
import { CannotStart } from '../targets/cannot-start.ts';
import { type Feature, features } from '../targets/targets.ts';
import { helpOf, readFlags } from './lib/flags.ts';
import { bold, dim, table } from './lib/format.ts';
import { runTool } from './lib/tool.ts';
import { compareTwins, type Twins } from './lib/twins.ts';

const usage = {
  command: 'diff',
  about: 'Shows what differs between a feature of the monolith and its service.',
  words: `[${features.join('|')}]`,
  flags: { stat: { about: 'the summary without the differing lines' } },
} as const;

/** @returns the exit code; that files differ is no failure */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  const [feature] = given.words;
  if (given.help) console.log(helpOf(usage));
  else if (feature === undefined) console.log(listOfFeatures());
  else if (isFeature(feature)) await showFeature(feature, given.on('stat'));
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

async function showFeature(feature: Feature, statOnly: boolean): Promise<void> {
  console.log(summaryOf(feature, compareTwins(feature)));
  // Both folders may hold more than the twins, such as the service's package.json.
  const diff = ['git', 'diff', '--no-index'];
  const folders = ['--', `monolith/${feature}`, `microservices/${feature}`];
  await runTool([...diff, '--stat', '--diff-filter=M', ...folders], true);
  if (!statOnly) await runTool([...diff, '--diff-filter=M', ...folders], true);
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
