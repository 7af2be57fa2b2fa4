// experiments/blast-radius.ts: what does one crash take with it? Each component crashed, in every shape.
// Run by `npm run compare`. The question, the predictions' texts and the order of a run are here.
import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { features } from '@lab/shared/contract/operation.ts';
import { nowMs } from '../targets/life.ts';
import { checkPorts } from '../targets/ports.ts';
import type { Target } from '../targets/targets.ts';
import { environmentNow } from './environment.ts';
import { blastRadius, findingsOf, percent } from './findings.ts';
import type { ComparisonResult, TargetResult } from './result.ts';
import { runTarget } from './run-target.ts';
import type { Watcher } from './under-load.ts';

export const QUESTION = 'When one component crashes, how much of the shop goes with it?';

const DOES_NOT_SHOW = [
  'One machine, one run of each shape in turn: no interval, so small differences mean nothing.',
  'How often such a crash happens, and what a second replica would save.',
  'Crashes only: a hung process, a slow neighbour or a lost network behave otherwise.',
  'The generator shares the machine with what it measures; compare the shapes, not the milliseconds.',
  'SQLite on a local disk: no shared database server that could itself be the thing that breaks.',
];

export interface BlastRadiusOptions {
  readonly targets: readonly Target[];
  readonly config: ComparisonResult['config'];
  readonly command: string;
  /** Results go to `<resultsFolder>/<time>-blast-radius/`. */
  readonly resultsFolder: string;
  readonly signal: AbortSignal;
  readonly watcher: Watcher;
}

/** @returns the result and the folder that holds its rows */
export async function runBlastRadius(
  options: BlastRadiusOptions,
): Promise<{ folder: string; result: ComparisonResult }> {
  const started = new Date();
  const runId = `${started.toISOString().slice(0, 19).replaceAll(':', '-')}-blast-radius`;
  const folder = join(options.resultsFolder, runId);
  await checkPorts(options.targets.flatMap(({ components }) => components));
  mkdirSync(folder, { recursive: true });
  const result = await measure(options, started, folder).catch((error: unknown) => {
    // Rows without a result say nothing to anybody.
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  return { folder, result };
}

async function measure(
  options: BlastRadiusOptions,
  started: Date,
  folder: string,
): Promise<ComparisonResult> {
  const targets: TargetResult[] = [];
  const others: (number | null)[] = [];
  for (const target of options.targets) {
    const run = await runTarget(target, { ...options, folder }, options.watcher);
    targets.push(run.result);
    others.push(run.otherCpuRatio);
  }
  const otherCpuRatio = others.includes(null) ? null : Math.max(...(others as number[]));
  const reasons = invalidReasons(targets, otherCpuRatio);
  return {
    schemaVersion: 1,
    experiment: 'blast-radius',
    question: QUESTION,
    runId: basename(folder),
    startedAt: started.toISOString(),
    finishedAt: new Date(nowMs()).toISOString(),
    command: options.command,
    config: options.config,
    environment: environmentNow(otherCpuRatio),
    targets,
    findings: findingsOf(targets),
    sentence: sentenceOf(targets),
    valid: { ok: reasons.length === 0, reasons },
    doesNotShow: DOES_NOT_SHOW,
  };
}

/** `One crash hit 6 of 6 features of the monolith, 1.5 of 6 of the microservices. Lost: …` */
function sentenceOf(targets: readonly TargetResult[]): string {
  const hits = targets.map(
    (target) =>
      `${oneDecimal(blastRadius(target) * features.length)} of ${features.length} ` +
      `features of the ${target.name}`,
  );
  const losses = targets.map(({ name, total: { sent, outcomes } }) => {
    const lost = sent - outcomes.ok - outcomes.slow - outcomes.degraded;
    return `${lost.toLocaleString('en')} of ${sent.toLocaleString('en')} requests (${name})`;
  });
  return `One crash hit ${hits.join(', ')}. Lost: ${losses.join(', ')}.`;
}

const oneDecimal = (value: number) => String(Math.round(value * 10) / 10);

/** More than this share of the machine used by others, and the run says little. */
const MOST_OTHER_CPU = 0.5;

function invalidReasons(targets: readonly TargetResult[], otherCpuRatio: number | null): string[] {
  const reasons = targets.flatMap(({ name, invalid }) => invalid.map((why) => `${name}: ${why}`));
  if (otherCpuRatio !== null && otherCpuRatio > MOST_OTHER_CPU) {
    reasons.push(`Other programs used ${percent(otherCpuRatio)} of the machine's CPU.`);
  }
  return reasons;
}
