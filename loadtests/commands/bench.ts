// commands/bench.ts: `npm run bench`: what the lab itself costs, beside the barest server there is.
// Called by run.mjs; the work is done in ../bench/.
import { createClosers } from '../bench/closers.ts';
import { parseOptions, usage } from '../bench/options.ts';
import { pageMet } from '../bench/page/page-table.ts';
import { createProgress } from '../bench/progress.ts';
import { type BenchResult, runBench } from '../bench/run-bench.ts';
import { tableOf } from '../bench/table.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import { parsePortBase } from '../targets/port-base.ts';
import { helpOf } from './lib/flags.ts';
import { interruption } from './lib/interruption.ts';

/** @returns the exit code: 0 every aim met, 1 not, 2 could not run, 130 after Ctrl-C */
export async function main(argv: readonly string[]): Promise<number> {
  const closers = createClosers();
  const progress = createProgress(process.stderr);
  try {
    const options = parseOptions(argv);
    if (options.help) return print(helpOf(usage), 0);
    // Its advice to take a newer Node would stand in the middle of the progress display.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
    const portBase = parsePortBase(process.env.LAB_PORT_BASE);
    const bench = { ...options, portBase, closers, onStep: progress.show };
    const result = await Promise.race([runBench(bench), interruption().promise]);
    progress.clear();
    if (result === undefined) return await stopped(closers.closeAll());
    return print(options.json ? JSON.stringify(result, null, 2) : tableOf(result), codeOf(result));
  } catch (error) {
    progress.clear();
    if (!(error instanceof CannotStart)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function stopped(closing: Promise<void>): Promise<number> {
  await closing;
  process.stderr.write('Stopped before the end: nothing is left running, nothing is reported.\n');
  return 130;
}

/** Exported for the tests. */
export function codeOf({ comparisons, rates, cloud, books, page }: BenchResult): number {
  const met =
    [...comparisons, ...rates].every((part) => part.met === true) &&
    (page === undefined || pageMet(page) === true);
  // Without an aim they must have been measured at least.
  const parts = [cloud, books?.blocks ?? []].filter(({ length }) => length > 0);
  return met && parts.every((blocks) => blocks.some(({ discarded }) => !discarded)) ? 0 : 1;
}

function print(text: string, code: number): number {
  process.stdout.write(`${text}\n`);
  return code;
}
