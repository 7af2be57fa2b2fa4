// commands/compare.ts: `npm run compare`: crashes every component of every shape under load.
// Called by run.mjs.
import { join, relative } from 'node:path';
import { runBlastRadius } from '../experiments/blast-radius.ts';
import { createProgress } from '../experiments/progress.ts';
import type { ComparisonResult } from '../experiments/result.ts';
import { terminalReport } from '../report/terminal.ts';
import { writeReports } from '../report/write-reports.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import { repoRoot } from '../targets/lab-folders.ts';
import { parsePortBase, type Target, targetsAt } from '../targets/targets.ts';
import { type Given, helpOf, readFlags, type Usage } from './lib/flags.ts';

interface Flags {
  targets: string[];
  rate: number;
  duration: number | undefined;
  seed: number;
  quick: boolean;
  json: boolean;
}

/** @returns 0 valid and no order lost; 1 an order lost or half done; 2 could not run; 3 not valid */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) return print(helpOf(usage));
  const flags = readCompareFlags(given);
  const stopping = new AbortController();
  const onSignal = () => stopping.abort(new CannotStart('Stopped before the end: no result.'));
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  process.once('SIGHUP', onSignal);
  const progress = createProgress(process.stderr, flags.json);
  try {
    const { folder, result } = await runBlastRadius({
      targets: choose(flags.targets),
      config: configOf(flags),
      command: `npm run compare -- ${argv.join(' ')}`.replace(/ -- $/, ''),
      resultsFolder: join(repoRoot, 'results'),
      signal: stopping.signal,
      watcher: progress,
    });
    progress.end();
    const files = await writeReports(folder, result);
    process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : shown(result, files));
    return exitCode(result);
  } finally {
    progress.end();
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    process.off('SIGHUP', onSignal);
  }
}

const usage: Usage = {
  command: 'compare',
  about:
    'Crashes every component of every shape under load and shows what each crash took with it.',
  flags: {
    targets: { value: 'names', about: 'monolith,microservices (both unless given)' },
    rate: { value: 'rps', about: 'requests a second, 10 to 500 (100)' },
    duration: { value: 'seconds', about: 'how long each crash is watched, 2 to 60 (6)' },
    seed: { value: 'number', about: 'same seed, same requests (1)' },
    quick: { about: 'shorter phases, for a look: about a minute and a half' },
    json: { about: 'print result.json instead of the tables' },
  },
};

function readCompareFlags(given: Given): Flags {
  return {
    targets: (given.text('targets') ?? 'monolith,microservices').split(',').map((n) => n.trim()),
    rate: number(given, 'rate', 10, 500) ?? 100,
    duration: number(given, 'duration', 2, 60),
    seed: number(given, 'seed', 0, 2 ** 31) ?? 1,
    quick: given.on('quick'),
    json: given.on('json'),
  };
}

/** @throws CannotStart naming the flag and its range */
function number(given: Given, flag: string, min: number, max: number): number | undefined {
  const text = given.text(flag);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && value >= min && value <= max) return value;
  throw new CannotStart(`--${flag} is "${text}": give a number from ${min} to ${max}.`);
}

function configOf({ targets, rate, duration, seed, quick }: Flags): ComparisonResult['config'] {
  return {
    targets,
    rateRps: rate,
    scenario: 'mixed',
    arrivals: 'constant',
    seed,
    warmUpMs: quick ? 2000 : 3000,
    steadyMs: quick ? 3000 : 6000,
    holdMs: (duration ?? (quick ? 3.5 : 6)) * 1000,
    deadlineMs: 2000,
    sloMs: 500,
  };
}

/** @throws CannotStart for a name that is no shape */
function choose(names: readonly string[]): Target[] {
  const known: Record<string, Target> = targetsAt(parsePortBase(process.env.LAB_PORT_BASE));
  return names.map((name) => {
    const target = known[name];
    // Its own data: what `npm start` keeps is not an experiment's to delete.
    if (target) return { ...target, instance: `${target.instance}-compare` };
    throw new CannotStart(`There is no shape "${name}": ${Object.keys(known).join(', ')}.`);
  });
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function shown(result: ComparisonResult, files: readonly string[]): string {
  const columns = process.stdout.columns ?? 100;
  const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const near = files.map((file) => relative(process.cwd(), file));
  return terminalReport(result, { columns, colour, files: near });
}

function exitCode({ valid, targets }: ComparisonResult): number {
  if (targets.some(({ orders }) => orders.lost + orders.halfDone > 0)) return 1;
  return valid.ok ? 0 : 3;
}
