// commands/check.ts: `npm run check`: format, lint, types, tests and architecture, in that order.
// Called by run.mjs. A step that fails shows its output; the steps after it still run.
import { helpOf, readFlags } from './lib/flags.ts';
import { green, red, seconds } from './lib/format.ts';
import { during } from './lib/progress.ts';
import { biome, type Ended, runTool, tsc, vitest } from './lib/tool.ts';

const usage = {
  command: 'check',
  about: 'Runs format, lint, types, tests and the rules of the architecture, and sums up.',
  flags: { 'skip-tests': { about: 'when `npm test` has just passed' } },
} as const;

/** The tests that read the source instead of running it. */
const architectureTests = ['architecture', 'twins', 'documents', 'openapi'].map(
  (name) => `shared/test/${name}.test.ts`,
);

const steps = [
  { name: 'format and lint', command: [...biome, '.'] },
  { name: 'types', command: [...tsc, '-b'] },
  { name: 'tests', command: [...vitest, ...architectureTests.map((file) => `--exclude=${file}`)] },
  { name: 'architecture', command: [...vitest, ...architectureTests] },
] as const;

/** @returns 0 when every step passed, else 1 */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const began = performance.now();
  const failed: string[] = [];
  for (const { name, command } of steps) {
    if (name === 'tests' && given.on('skip-tests')) continue;
    const ended = await during(
      name,
      () => runTool(command),
      (end) => resultLine(name, end),
    );
    if (ended.code === 0) continue;
    failed.push(name);
    console.log(`\n${ended.output.trim()}\n`);
  }
  const passed = failed.length === 0;
  const took = seconds(performance.now() - began);
  console.log(passed ? `\n  All is well after ${took}.` : `\n  ${failed.join(', ')}: see above.`);
  return passed ? 0 : 1;
}

function resultLine(name: string, { code, output }: Ended): string {
  const mark = code === 0 ? green('✓') : red('✗');
  return `${mark} ${name.padEnd(16)} ${testCount(output)}`;
}

/** From vitest's summary; empty for the other tools. */
function testCount(output: string): string {
  return /^\s*Tests\s+(.*?)(?: \(\d+\))?$/m.exec(output)?.[1] ?? '';
}
