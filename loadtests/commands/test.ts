// commands/test.ts: `npm test`: every test, or those whose file names contain the words given.
// Called by run.mjs. What follows `--` goes to vitest as it is.
import { runTool, vitest } from './lib/tool.ts';

const help = `npm test -- [words] [vitest's flags]

Runs the tests; words select files whose names contain them.

  npm test -- targets           the tests under loadtests/targets
  npm test -- --reporter=json   any flag of \`vitest run\``;

/** @returns vitest's exit code */
export async function main(argv: readonly string[]): Promise<number> {
  if (argv.includes('--help')) {
    console.log(help);
    return 0;
  }
  return (await runTool([...vitest, ...argv], true)).code;
}
