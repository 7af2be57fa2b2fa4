// experiments/calibration/in-turn.ts: one load, under which the arms take their turns.
// Called by calibration.ts for each block.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '@lab/shared/contract/chaos.ts';
import type { Workload } from '../../lab/definition.ts';
import type { BlockContext, Lab } from '../../lab/experiment.ts';
import { healAll, switchOn } from '../../lab/fault-switch.ts';
import { doubtsAbout } from '../../lab/gate.ts';
import type { Sample } from '../../lab/result.ts';
import { until } from '../../lab/stretch.ts';
import { nowMs } from '../../targets/life.ts';
import type { RunningTarget } from '../../targets/platform.ts';
import { overload } from './overload.ts';
import { meansByArm, roundsAt, SLICE_MS, type Slice, type SliceArm, turns } from './slices.ts';
import { cpuOfWindow } from './windows.ts';

/** The generator is late in its first tenth of a second, and opens its connections. */
const FIRST_MS = 500;
/** What is under way when a fault is switched is billed to nobody: about the p99 of an answer. */
const SETTLE_MS = 60;

export interface LoadOfBlock {
  readonly running: RunningTarget;
  readonly workload: Workload;
  readonly planted: Fault;
}

/** One load; its slices are stored beside its rows. */
export async function inTurn(
  lab: Lab,
  load: LoadOfBlock,
  { index, seed }: BlockContext,
): Promise<Sample[]> {
  const { running, workload, planted } = load;
  // What the block before could not take back would slow down this one.
  await heal(running);
  const attack = lab.attack(String(index), { ...workload, baseUrl: running.baseUrl, seed });
  try {
    await attack.started;
    const order = turns(roundsAt(workload.rateRps), seed);
    const lengthMs = order.length * (SETTLE_MS + SLICE_MS);
    lab.phase({ phase: 'steady', what: running.target.name, lengthMs });
    await until(nowMs() + FIRST_MS, lab.signal);
    const slices: Slice[] = [];
    for (const arm of order) slices.push(await sliceOf(lab, load, arm));
    const summary = await attack.stop();
    store(
      lab,
      slices.map((slice, turn) => ({ block: index, turn, ...slice, planted })),
    );
    const doubts = [
      ...doubtsAbout(summary, lab.definition.gate),
      ...overload(slices, workload.rateRps, summary.outcomes),
    ];
    return [...meansByArm(slices), { arm: 'the load', metrics: {}, doubts }];
  } finally {
    await attack.stop().catch(() => {});
    await healAll(running.baseUrl);
  }
}

async function sliceOf(
  lab: Lab,
  { running, workload, planted }: LoadOfBlock,
  arm: SliceArm,
): Promise<Slice> {
  const isPlanted = arm === 'planted';
  if (isPlanted) await switchOn(running.baseUrl, 'catalog', planted);
  const window = { settleMs: SETTLE_MS, lengthMs: SLICE_MS };
  const cpuUsPerRequest = await cpuOfWindow(lab, running, workload, window);
  // The next slice would be slowed down, too.
  if (isPlanted) await heal(running);
  return { arm, cpuUsPerRequest };
}

async function heal({ baseUrl }: RunningTarget): Promise<void> {
  if (!(await healAll(baseUrl))) throw new Error('The heal was not taken.');
}

function store(lab: Lab, slices: readonly object[]): void {
  const lines = slices.map((slice) => `${JSON.stringify(slice)}\n`);
  appendFileSync(join(lab.folder, 'slices.jsonl'), lines.join(''));
}
