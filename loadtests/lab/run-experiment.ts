// lab/run-experiment.ts: one experiment from preflight to result; it knows none of them.
// Called by run-experiments.ts.
import { choosePinning } from '../bench/pinning.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import type { Platform } from '../targets/platform.ts';
import { checkPorts } from '../targets/ports.ts';
import type { Target } from '../targets/targets.ts';
import { bindingsOf } from './bindings.ts';
import { measureBlocks } from './blocks.ts';
import { concluded, type Measured } from './conclude.ts';
import { checkDefinition, type Definition, type Size } from './definition.ts';
import { environmentNow } from './environment.ts';
import type { Change, Experiment } from './experiment.ts';
import { auditFairness, unfairness } from './fairness.ts';
import { NoRoom } from './headroom.ts';
import { type OpenLab, openLab } from './open-lab.ts';
import type { Block, LabResult } from './result.ts';
import type { Watcher } from './watcher.ts';

export interface Changes {
  readonly rateRps?: number | undefined;
  readonly holdMs?: number | undefined;
}

export interface RunOptions {
  readonly platform: Platform;
  readonly targets: readonly Target[];
  readonly size: Size;
  readonly seed: number;
  /** Accepted blocks; the definition's own number for `size` unless told. */
  readonly blocks?: number | undefined;
  /** What a person wants otherwise; what an experiment does not take is noted and left alone. */
  readonly changes?: Changes | undefined;
  /** What this machine has room for, as far as is known: an experiment's own rate is no higher. */
  readonly roomRps?: number | undefined;
  readonly portBase: number;
  readonly signal: AbortSignal;
  readonly watcher: Watcher;
  readonly command: string;
  /** Absolute; exists. */
  readonly folder: string;
  readonly runId: string;
}

/**
 * On a machine that is too slow for the experiment's own rate it begins again with less.
 * @returns the result, partial when `signal` was aborted after the first block
 * @throws CannotStart when it cannot be run, or was stopped before a block was whole
 */
export async function runExperiment(
  experiment: Experiment,
  options: RunOptions,
): Promise<LabResult> {
  const { takes = [] } = experiment;
  const mayLowerRate = takes.includes('rate') && options.changes?.rateRps === undefined;
  let { roomRps } = options;
  for (;;) {
    try {
      return await runAsOrdered(experiment, { ...options, roomRps }, mayLowerRate);
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error;
      options.watcher.note(error.message);
      roomRps = error.rateRps;
    }
  }
}

async function runAsOrdered(
  experiment: Experiment,
  options: RunOptions,
  mayLowerRate: boolean,
): Promise<LabResult> {
  const definition = asOrdered(experiment, options);
  checkDefinition(definition);
  await checkPlatform(experiment, options);
  const startedAt = new Date().toISOString();
  const wanted = options.blocks ?? definition.blocks[options.size];
  options.watcher.begin(definition, wanted);
  noteUntaken(experiment, options);
  const pinning = choosePinning();
  const open = openLab({ ...options, pinning, definition, mayLowerRate });
  try {
    const measured = await measure(experiment, options, open, wanted);
    const { evaluation, ...shown } = concluded(experiment, measured, wanted, options);
    const fairness = await auditFairness(open.started());
    const doubts = [...lessRate(experiment, definition, options), ...unfairness(fairness)];
    return {
      schemaVersion: 2,
      runId: options.runId,
      startedAt,
      finishedAt: new Date().toISOString(),
      command: options.command,
      definition,
      config: configOf(options, wanted, pinning.sentence),
      environment: environmentNow(),
      bindings: bindingsOf(options.targets),
      fairness,
      partial: options.signal.aborted,
      ...shown,
      evaluation: { ...evaluation, reasons: [...evaluation.reasons, ...doubts] },
    };
  } finally {
    await open.close();
  }
}

/** @throws CannotStart for a taken port, or where the platform does not let it do what it does */
async function checkPlatform(
  { platforms = ['process'] }: Experiment,
  { platform: { name }, targets }: RunOptions,
): Promise<void> {
  // Containers that a dead lab left are taken down by the next start, which then looks itself.
  if (name === 'process') await checkPorts(targets.flatMap(({ components }) => components));
  if (platforms.includes(name)) return;
  throw new CannotStart(`not applicable: it runs on --platform ${platforms.join(' or ')} only.`);
}

function configOf(
  { platform, size, targets, seed }: RunOptions,
  blocksWanted: number,
  pinning: string,
) {
  const names = targets.map(({ name }) => name);
  return { size, targets: names, seed, blocksWanted, platform: platform.name, pinning };
}

function asOrdered(
  { definition, takes = [] }: Experiment,
  { changes = {}, roomRps = Number.POSITIVE_INFINITY }: RunOptions,
): Definition {
  const { workload, phases } = definition;
  const own = Math.min(workload?.rateRps ?? 0, roomRps);
  const rateRps = takes.includes('rate') ? (changes.rateRps ?? own) : undefined;
  const holdMs = takes.includes('duration') ? changes.holdMs : undefined;
  return {
    ...definition,
    ...(workload && rateRps !== undefined && { workload: { ...workload, rateRps } }),
    ...(phases && holdMs !== undefined && { phases: { ...phases, holdMs } }),
  };
}

/** @returns what to bear in mind of a run at a rate that nobody asked for, and that is not its own */
function lessRate(experiment: Experiment, { workload }: Definition, { changes }: RunOptions) {
  const [own = 0, sent = 0] = [experiment.definition.workload?.rateRps, workload?.rateRps];
  if (changes?.rateRps !== undefined || sent >= own) return [];
  return [
    `Run at ${sent} requests a second, not at its own ${own}: this machine has no room for more.`,
  ];
}

/** A report must never tell a rate that was not sent, nor of a target that was not run. */
function noteUntaken({ definition, targets, takes = [] }: Experiment, options: RunOptions): void {
  if (targets.length === 0 && options.targets.length > 0)
    options.watcher.note(
      `--targets does not apply to ${definition.id}: it has servers of its own.`,
    );
  const { rateRps: rate, holdMs: duration } = options.changes ?? {};
  for (const [flag, value] of Object.entries({ rate, duration }))
    if (value !== undefined && !takes.includes(flag as Change))
      options.watcher.note(`--${flag} does not apply to ${definition.id}, which keeps its own.`);
}

async function measure(
  experiment: Experiment,
  { seed, signal, watcher, platform }: RunOptions,
  { lab }: OpenLab,
  wanted: number,
): Promise<Measured> {
  const { gate, stop } = experiment.definition;
  const arms = await experiment.prepare(lab).catch((error: unknown) => {
    // Whatever a wait that was cut short calls it: the reason says that there is no result.
    signal.throwIfAborted();
    throw error;
  });
  const blocks = await measureBlocks(arms, {
    wanted,
    seed,
    gate,
    stop,
    ownsServers: platform.name === 'process',
    signal,
    watcher,
  });
  if (blocks.length === 0) throw new CannotStart('Stopped before a block was whole: no result.');
  return { arms, blocks: blocks.map((block) => withDerived(experiment, block)) };
}

function withDerived({ derive }: Experiment, block: Block): Block {
  return derive === undefined || block.failed
    ? block
    : { ...block, samples: [...block.samples, ...derive(block.samples)] };
}
