// commands/lab/run-order.ts: runs what was ordered, shows how, writes the reports, says what came out.
// Called by `npm run lab -- run` and by `npm run compare`, which differ in what they order only.
import { relative } from 'node:path';
import { type RunOrder, runExperiments } from '../../lab/run-experiments.ts';
import { writeReports } from '../../report/result-files.ts';
import { createLabScreen } from '../../screen/lab-screen.ts';
import { verdictText } from '../../screen/lab-verdicts.ts';
import { CannotStart } from '../../targets/cannot-start.ts';
import { interruptedExitCode, interruption } from '../lib/interruption.ts';
import { exitCodeOf } from './exit-code.ts';

export type Order = Omit<RunOrder, 'signal' | 'watcher' | 'keep'>;

/**
 * @param json prints the results as JSON instead of text
 * @param run tests pass a runner of their own
 * @returns the exit code @throws CannotStart, which run.mjs prints before it exits 2
 */
export async function runOrder(order: Order, json: boolean, run = runExperiments): Promise<number> {
  const stopping = new AbortController();
  const screen = createLabScreen(process.stderr, { plain: json });
  void interruption(interruptedExitCode).promise.then(() => {
    screen.note('Stopping: faults are taken back, whole blocks kept. Ctrl-C again ends at once.');
    stopping.abort(new CannotStart('Stopped before anything was measured: there is no result.'));
  });
  try {
    let near: string[] = [];
    const keep = async (...[folder, results]: Parameters<typeof writeReports>) => {
      const files = await writeReports(folder, results);
      near = files.map(({ path }) => relative(process.cwd(), path));
    };
    const { signal } = stopping;
    const ran = await run({ ...order, signal, watcher: screen, keep });
    screen.end();
    const text = json
      ? `${JSON.stringify(ran.results)}\n`
      : verdictText(ran.results, near, { ...terminal(), failures: ran.failures });
    if (json) for (const failure of ran.failures) console.error(failure);
    process.stdout.write(text);
    return exitCodeOf(ran.results, ran.failures);
  } finally {
    screen.end();
  }
}

function terminal() {
  const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
  return { colours, columns: process.stdout.columns || 80 };
}

/** Which targets there are, the runner knows. @throws CannotStart for an empty name */
export function namesFrom(flag: string, text: string | undefined): string[] | undefined {
  const names = text?.split(',').map((name) => name.trim());
  if (names?.includes('')) throw new CannotStart(`--${flag} is "${text}": a name is missing.`);
  return names;
}
