// experiments/architecture-or-framework.ts: E2: two shapes on two frameworks, so that each can be told apart.
// Run by `npm run lab -- run architecture-or-framework`.
import type { Arm, BlockContext, Experiment, Lab } from '../lab/experiment.ts';
import { measureHighestRps } from '../lab/ramp.ts';
import type { Sample } from '../lab/result.ts';
import { measureStretch } from '../lab/stretch.ts';
import type { RunningTarget } from '../targets/platform.ts';
import { instanceOf, type Target, targetsAt } from '../targets/targets.ts';
import { definition } from './architecture-or-framework/definition.ts';
import { figuresOf, sentenceOf } from './architecture-or-framework/figures.ts';
import {
  AGAIN,
  armOf,
  comparisons,
  interactions,
  KEPT,
  ramp,
  SLO_MS,
  shapes,
  type Thing,
  workloads,
} from './architecture-or-framework/plan.ts';

export const architectureOrFramework: Experiment = {
  definition,
  targets: [...shapes],
  async prepare(lab) {
    const running: RunningTarget[] = [];
    for (const target of [...lab.targets, ...twinsFor(lab)]) running.push(await lab.start(target));
    await warmUp(lab, running);
    // The second monolith has no rate: it would be the same bound as the first.
    const rated = running.filter(({ target }) => target.name !== AGAIN);
    return [
      ...running.flatMap((one) => costArms(lab, one)),
      ...rated.map((one) => rateArm(lab, one)),
    ];
  },
  derive: interactions,
  figures: figuresOf,
  sentence: sentenceOf,
};

/** Above the ports of the shapes and of the control arms. */
const TWIN_OFFSET = 200;

function twinsFor({ targets, portBase }: Lab): Target[] {
  if (!targets.some(({ name }) => name === 'monolith')) return [];
  const { monolith } = targetsAt(portBase + TWIN_OFFSET);
  return [{ ...monolith, name: AGAIN, instance: instanceOf('monolith-again', portBase) }];
}

/** All at once: the first thousand requests of a process cost twice what the later ones do. */
async function warmUp(lab: Lab, running: readonly RunningTarget[]): Promise<void> {
  for (const { scenario, rateRps, durationMs } of WARM_UPS) {
    lab.phase({ phase: 'warm-up', what: `all of them, ${scenario}`, lengthMs: durationMs });
    const attacks = running.map(({ baseUrl, target }) => {
      const load = { ...workloads[scenario], baseUrl, rateRps, durationMs, seed: lab.seed };
      return lab.attack(`warm-up ${scenario} ${target.name}`, load);
    });
    await Promise.all(attacks.map(({ finished }) => finished));
    lab.signal.throwIfAborted();
  }
}

/** Together about two thirds of the one core. */
const WARM_UPS = [
  { scenario: 'mixed', rateRps: 60, durationMs: 4000 },
  { scenario: 'browse', rateRps: 400, durationMs: 4000 },
] as const;

const STRETCH = { warmUpMs: 250, lengthMs: 1000 };
const SHORT_STRETCH = { warmUpMs: 150, lengthMs: 600 };

function costArms(lab: Lab, running: RunningTarget): Arm[] {
  return (['browse', 'checkout', 'mixed'] as const).map((thing) => {
    const { name: shape } = running.target;
    return armFor(shape, thing, async ({ index, seed }) => {
      const { cpuUsPerRequest, doubts, tally } = await measureStretch(lab, running, {
        name: `${index} ${armOf(shape, thing)}`,
        workload: workloads[thing],
        gate: definition.gate,
        ...(lab.size === 'quick' ? SHORT_STRETCH : STRETCH),
        seed,
      });
      const bad = tally.sent - tally.outcomes.ok - tally.outcomes.slow;
      const failed = bad === 0 ? [] : [`${bad} of ${tally.sent} requests failed.`];
      return { metrics: { cpuUsPerRequest }, doubts: [...doubts, ...failed] };
    });
  });
}

/** The generator may add a fifth of the SLO: 40 ms in place of 50 move the rate by 3 %. */
const RAMP_LAG_MS = SLO_MS / 5;

function rateArm(lab: Lab, running: RunningTarget): Arm {
  const { name: shape } = running.target;
  return armFor(shape, 'highest rate', async ({ index, seed }) => {
    const name = `${index} ${armOf(shape, 'highest rate')}`;
    const limits = { sloMs: SLO_MS, lagMsP99: RAMP_LAG_MS };
    const plan = { ...ramp, ...limits, name, scenario: 'browse', seed } as const;
    const highestRps = await measureHighestRps(lab, running, plan);
    return { metrics: rateMetrics(highestRps), doubts: [] };
  });
}

/** None where the generator was late: it says nothing of the shape. */
function rateMetrics(highestRps: number | undefined): Sample['metrics'] {
  if (highestRps === undefined) return {};
  return highestRps === Infinity ? { [KEPT]: 1 } : { [KEPT]: 0, highestRps };
}

function armFor(
  shape: string,
  thing: Thing,
  measure: (block: BlockContext) => Promise<Omit<Sample, 'arm'>>,
): Arm {
  const name = armOf(shape, thing);
  const versus = comparisons.filter((one) => one.shape === shape);
  const parts = versus.map((one) => ({ name, versus: armOf(one.versus, thing) }));
  const twin = shape === AGAIN ? { twinOf: armOf('monolith', thing) } : {};
  return {
    name,
    parts: parts.length === 0 ? [{ name, ...twin }] : parts,
    measure: async (block) => [{ arm: name, ...(await measure(block)) }],
  };
}
