// lab/run-experiments.ts: several experiments one after the other, their results in one folder.
// Called by `npm run lab -- run` and `npm run compare`.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CannotStart } from '../targets/cannot-start.ts';
import { labFolders, repoRoot } from '../targets/lab-folders.ts';
import { endOrphans } from '../targets/orphans.ts';
import type { Platform } from '../targets/platform.ts';
import { processPlatform } from '../targets/process-platform.ts';
import type { Experiment } from './experiment.ts';
import { targetsNamed } from './lab-targets.ts';
import { experimentOf, experiments } from './registry.ts';
import type { LabResult } from './result.ts';
import { type RunOptions, runExperiment } from './run-experiment.ts';

export interface RunOrder
  extends Pick<
    RunOptions,
    'size' | 'changes' | 'seed' | 'blocks' | 'portBase' | 'signal' | 'watcher' | 'command'
  > {
  /** Processes unless given. */
  readonly platform?: Platform | undefined;
  /** Ids or codes of experiments. */
  readonly ids: readonly string[];
  /** Names; each experiment's own choice unless given. */
  readonly targets?: readonly string[] | undefined;
  /** Part of the folder's name; the ids unless given. */
  readonly name?: string | undefined;
  /** Told after each experiment, with all results so far: what is kept then, a later one cannot lose. */
  readonly keep?: ((folder: string, results: readonly LabResult[]) => Promise<unknown>) | undefined;
}

export interface Ran {
  /** Of each experiment that came to one. */
  readonly results: readonly LabResult[];
  /** Absolute; holds the rows. */
  readonly folder: string;
  /** One sentence for each experiment that did not. */
  readonly failures: readonly string[];
}

/** Those that were asked for by name, or all of the experiment's that the platform can run. */
function targetsFor(
  experiment: Experiment,
  { targets, platform, portBase }: Pick<RunOrder, 'targets' | 'platform' | 'portBase'>,
) {
  const named = targetsNamed(targets ?? experiment.targets, portBase);
  if (platform?.name !== 'compose') return named;
  const inContainers = named.filter(({ functions }) => functions === undefined);
  if (targets === undefined || inContainers.length === named.length) return inContainers;
  throw new CannotStart('serverless does not run in containers: leave --platform compose out.');
}

/**
 * Ends what a lab that died left behind, then runs; an experiment that fails does not stop the next.
 * @param known tests bring experiments of their own
 * @throws CannotStart when none came to a result; the folder is then gone: rows alone tell nothing
 */
export async function runExperiments(
  options: RunOrder,
  known: readonly Experiment[] = experiments,
): Promise<Ran> {
  const planned = options.ids
    .map((id) => experimentOf(id, known))
    .map((experiment) => ({ experiment, targets: targetsFor(experiment, options) }));
  const name = options.name ?? planned.map(({ experiment }) => experiment.definition.id).join('+');
  if (endOrphans(labFolders(repoRoot).run).length > 0) await sleep(PORT_RELEASE_MS);
  const { runId, folder } = ownFolder(name);
  const { platform = processPlatform() } = options;
  const results: LabResult[] = [];
  const failures: string[] = [];
  let first: unknown;
  let roomRps: number | undefined;
  for (const { experiment, targets } of planned) {
    try {
      const order = { ...options, platform, targets, folder, runId, roomRps };
      const result = await runExperiment(experiment, order);
      results.push(result);
      roomRps = loweredBy(experiment, result, options) ?? roomRps;
      await options.keep?.(folder, results);
    } catch (error) {
      first ??= error;
      const isStopped = options.signal.aborted && results.length > 0;
      if (!isStopped) failures.push(`${experiment.definition.code}: ${(error as Error).message}`);
    }
    if (options.signal.aborted) break;
  }
  if (results.length > 0) return { results, folder, failures };
  rmSync(folder, { recursive: true, force: true });
  throw first;
}

/** The rate that an experiment had to begin again with: the next one need not find it out anew. */
function loweredBy(
  { definition }: Experiment,
  { definition: ran }: LabResult,
  { changes }: RunOrder,
): number | undefined {
  const [own = 0, sent = 0] = [definition.workload?.rateRps, ran.workload?.rateRps];
  return changes?.rateRps === undefined && sent < own ? sent : undefined;
}

/** Nobody else's: two labs may begin in the same second. */
function ownFolder(name: string): { runId: string; folder: string } {
  const results = join(repoRoot, 'results');
  mkdirSync(results, { recursive: true });
  const first = `${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}-${name}`;
  for (let count = 1; ; count += 1) {
    const runId = count === 1 ? first : `${first}-${count}`;
    const folder = join(results, runId);
    try {
      mkdirSync(folder);
      return { runId, folder };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** The kernel closes a killed orphan's port a moment after its end. */
const PORT_RELEASE_MS = 100;
