// commands/lab/list.ts: `npm run lab -- list`: the experiments, what they need and how long they take.
// Called by lab.ts.
import { join } from 'node:path';
import type { Experiment } from '../../lab/experiment.ts';
import { experiments } from '../../lab/registry.ts';
import { repoRoot } from '../../targets/lab-folders.ts';
import { helpOf, readFlags } from '../lib/flags.ts';
import { table } from '../lib/format.ts';
import { lastRuns, type PastRun } from './past-runs.ts';

const usage = {
  command: 'lab',
  subcommand: 'list',
  about: `Lists the experiments. Blocks are those of --quick, of a plain run and of
--full. How long one takes is taken from its last run here.`,
  flags: {},
} as const;

/** @returns 0 */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) console.log(helpOf(usage));
  else console.log(listText(experiments, await lastRuns(join(repoRoot, 'results'))));
  return 0;
}

/** @param runs the last run by id */
export function listText(known: readonly Experiment[], runs: ReadonlyMap<string, PastRun>): string {
  if (known.length === 0) return 'There are no experiments yet.';
  const rows = known.map(({ definition: { code, id, title, blocks }, targets }) => [
    code,
    id,
    title,
    targets.join(',') || 'its own servers',
    `${blocks.quick}/${blocks.standard}/${blocks.full}`,
    aboutHowLong(runs.get(id)),
  ]);
  return table([['', 'id', 'title', 'targets', 'blocks', 'last run'], ...rows]);
}

/** `3 min for 6 blocks` */
function aboutHowLong(run: PastRun | undefined): string {
  if (run === undefined) return 'not run here yet';
  const time = run.tookMs < 90_000 ? `${Math.ceil(run.tookMs / 1000)} s` : minutes(run.tookMs);
  return `${time} for ${run.blocks} block${run.blocks === 1 ? '' : 's'}`;
}

function minutes(ms: number): string {
  return `${Math.round(ms / 60_000)} min`;
}
