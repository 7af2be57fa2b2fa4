// experiments/blast-radius.ts: E4: each shape under steady load, one fault after another, in shuffled order.
// Run by `npm run compare` (short) and `npm run lab -- run blast-radius`.
import { seededRandom } from '@lab/shared/domain/random.ts';
import { componentFor } from '../lab/bindings.ts';
import { shuffled } from '../lab/blocks.ts';
import type { Definition, PhaseLengths, Workload } from '../lab/definition.ts';
import type { Arm, BlockContext, Experiment, Lab } from '../lab/experiment.ts';
import { doubtsAbout } from '../lab/gate.ts';
import { busyRatioOf, doubtAbout, findRoom } from '../lab/headroom.ts';
import { readAllRows } from '../lab/losses.ts';
import type { Sample } from '../lab/result.ts';
import { proven, runTrial, type Trial } from '../lab/trial.ts';
import type { RunningTarget } from '../targets/platform.ts';
import { type BlowPlan, blows } from './blast-radius/blows.ts';
import { sampleOf } from './blast-radius/cells.ts';
import { definition } from './blast-radius/definition.ts';
import { blastFigures, blastSentence } from './blast-radius/figures.ts';
import { CONTROL, ordersOf } from './blast-radius/hypotheses.ts';
import { predictedFor } from './blast-radius/predicted.ts';
import { totalsOf } from './blast-radius/totals.ts';
import { warmedSlowly, warmedUp } from './blast-radius/warm-up.ts';
import { orderMetrics } from './orders-check.ts';

export const blastRadius: Experiment = {
  definition,
  platforms: ['process', 'compose'],
  targets: ['monolith', 'monolith-cluster', 'microservices', 'serverless'],
  takes: ['rate', 'duration'],
  async prepare(lab) {
    const arms: Arm[] = [];
    const { workload } = lab.definition as Planned;
    for (const target of lab.targets) {
      const running = await lab.start(target, { nodeFlags: [HEAP_CAPS[lab.platform.name]] });
      if (target.functions !== undefined) await warmedSlowly(lab, running, workload);
      else if (lab.mayLowerRate) await findRoom(lab, running, workload);
      const chosen = blowsFor(running, lab);
      arms.push(armOf(lab, running, target.name, chosen));
      if (target.name === CONTROL && lab.size !== 'quick')
        arms.push(
          armOf(
            lab,
            running,
            `${CONTROL} again`,
            chosen.filter(({ twin }) => twin),
          ),
        );
    }
    return arms;
  },
  derive: totalsOf,
  figures: blastFigures,
  sentence: blastSentence,
};

type Planned = Definition & { workload: Workload; phases: PhaseLengths };

/**
 * The same for every process of every shape, so that a leak ends one within a second or two. In a
 * container the container's own limit is to end it, so the heap's lies far above.
 */
const HEAP_CAPS = { process: '--max-old-space-size=96', compose: '--max-old-space-size=4096' };

/** From the strike on: longer than a second or two of fault and the restart or the wait after it. */
const WINDOW_MS = 3000;
const RECOVER_MS = 15_000;
/** For whoever leaves faults on for longer: the restart or the wait. */
const AFTER_HOLD_MS = 2000;

/**
 * A role that a shape lacks cannot be broken there, nor can a platform break what it does not have:
 * that is left out, and shows as not applicable.
 */
function blowsFor({ target, databases, network }: RunningTarget, lab: Lab): BlowPlan[] {
  const has = { databases: databases.length > 0, network: network !== undefined };
  return blows.filter(
    ({ role, quick, needs }) =>
      componentFor(target, role) !== undefined &&
      (needs === undefined || has[needs]) &&
      (lab.size !== 'quick' || quick === true || quick === lab.platform.name),
  );
}

function armOf(lab: Lab, running: RunningTarget, name: string, chosen: readonly BlowPlan[]): Arm {
  return {
    name,
    parts: chosen.map((blow) => partOf(name, blow)),
    measure: (block) => underLoad(lab, running, name, chosen, block),
  };
}

function partOf(target: string, { name }: BlowPlan) {
  const part = `${target}: ${name}`;
  const baseline = `${CONTROL}: ${name}`;
  if (target === CONTROL) return { name: part };
  return target === `${CONTROL} again`
    ? { name: part, twinOf: baseline }
    : { name: part, versus: baseline };
}

async function underLoad(
  lab: Lab,
  running: RunningTarget,
  name: string,
  chosen: readonly BlowPlan[],
  { index, seed }: BlockContext,
): Promise<Sample[]> {
  const load = `${index}-${name}`;
  const { workload } = lab.definition as Planned;
  const attack = lab.attack(load, { ...workload, baseUrl: running.baseUrl, seed });
  try {
    const zeroMs = await attack.started;
    if (running.target.functions !== undefined) await warmedUp(attack, lab);
    const busyRatio = await busyRatioOf(lab, running);
    const full = doubtAbout(busyRatio, workload.rateRps, index === 0 && lab.mayLowerRate);
    const random = seededRandom(seed);
    const trials: [BlowPlan, Trial][] = [];
    // A block that will be discarded need not be waited for.
    for (const blow of full.length > 0 ? [] : shuffled(chosen, random))
      trials.push([blow, await strike(lab, running, blow, zeroMs, random)]);
    lab.phase({ phase: 'drain', what: name, lengthMs: workload.deadlineMs });
    const summary = await attack.stop();
    const rows = await readAllRows(lab.rowsFile(load));
    const samples = trials.map(([blow, trial]) => {
      const predicted = predictedFor(running, blow);
      return sampleOf({ target: name, blow, predicted, trial, windowMs: windowOf(lab) }, rows);
    });
    const doubts = [...doubtsAbout(summary, definition.gate), ...full];
    const room = { arm: name, metrics: busyRatio === undefined ? {} : { busyRatio }, doubts };
    const orders = await orderMetrics(running, rows);
    return [...samples, room, { arm: ordersOf(name), ...orders, doubts: [] }];
  } catch (error) {
    await attack.stop().catch(() => {});
    throw error;
  }
}

async function strike(
  lab: Lab,
  running: RunningTarget,
  blow: BlowPlan,
  zeroMs: number,
  random: () => number,
): Promise<Trial> {
  const { phases } = lab.definition as Planned;
  await proven(running, lab);
  // A random phase: no fault may fall in step with anything periodic.
  const steadyMs = phases.steadyMs * (1 + random());
  const times = { ...phases, steadyMs, windowMs: windowOf(lab), recoverMs: RECOVER_MS, zeroMs };
  return runTrial(lab, running, blow, times);
}

function windowOf(lab: Lab): number {
  const { phases } = lab.definition as Planned;
  return Math.max(WINDOW_MS, phases.holdMs + AFTER_HOLD_MS);
}
