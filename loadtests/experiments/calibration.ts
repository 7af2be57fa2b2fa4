// experiments/calibration.ts: E0: what the lab makes of nothing, and of a slowdown that was planted.
// Run by `npm run lab -- run calibration`; the gate every other experiment passes is tried here.
import { seededRandom } from '@lab/shared/domain/random.ts';
import { shuffled } from '../lab/blocks.ts';
import { type Definition, strictGate, type Workload } from '../lab/definition.ts';
import type { Experiment, Lab } from '../lab/experiment.ts';
import { healAll, switchOn } from '../lab/fault-switch.ts';
import { doubtsAbout } from '../lab/gate.ts';
import type { Sample } from '../lab/result.ts';
import type { RunningTarget } from '../targets/platform.ts';
import { AFTER, aroundTheFault, BEFORE } from './calibration/around-the-fault.ts';
import { claimVerdicts, RUNS_WANTED, runsOf, SMALL_RUN } from './calibration/claims.ts';
import { claimFigures } from './calibration/figures.ts';
import { overload } from './calibration/overload.ts';
import { cpuOfWindow, fittingTo, plantedFault, windowMsAt } from './calibration/windows.ts';

/** The rate is the highest; a slower machine gets a lower one. */
const workload: Workload = {
  scenario: 'browse',
  rateRps: 3000,
  arrivals: 'constant',
  deadlineMs: 2000,
  sloMs: 500,
};

const definition: Definition = {
  id: 'calibration',
  code: 'E0',
  title: 'Can the lab be trusted?',
  question: 'What does the lab claim of a shape held against itself, and of a planted slowdown?',
  prediction:
    'Of 20 small runs of a shape against itself at most one claims a difference; 20 % more CPU in ' +
    'one component is found in at least nine of ten.',
  varies: ['nothing, three times', 'CPU burnt in the catalog: 20 % more a request'],
  measures: ['CPU of the target per request, from the scheduler’s own account'],
  control: 'The same running target measured again in each block, at a shuffled place.',
  refutedBy: 'A difference claimed where there is none, or the planted one missed.',
  doesNotShow: [
    'Differences smaller than the A/A band: the lab does not claim what it cannot tell apart.',
    'Latency: its spread is larger, and each experiment prints its own.',
  ],
  metrics: { cpuUsPerRequest: { label: 'CPU per request', unit: 'µs', better: 'lower' } },
  hypotheses: [
    {
      id: 'nothing',
      text: 'The same target costs the same CPU, within 5 %',
      metric: 'cpuUsPerRequest',
      arm: 'same',
      versus: 'target',
      atLeast: 0.95,
      atMost: 1.05,
    },
    {
      id: 'planted',
      text: 'A planted 20 % is seen, give or take half of it',
      metric: 'cpuUsPerRequest',
      arm: 'planted',
      versus: 'target',
      atLeast: 1.1,
      atMost: 1.3,
    },
    {
      id: 'healed',
      text: 'After the heal a request costs what it cost before the fault, within 5 %',
      metric: 'cpuUsPerRequest',
      arm: AFTER,
      versus: BEFORE,
      atLeast: 0.95,
      atMost: 1.05,
    },
  ],
  workload,
  // CPU per request does not depend on when exactly a request leaves, and the generator's first tenth
  // of a second, in which it is late, lies before the first window.
  gate: { ...strictGate, lagMsP99: 100 },
  blocks: { quick: SMALL_RUN, standard: 10, full: RUNS_WANTED * SMALL_RUN },
};

export const calibration: Experiment = {
  definition,
  platforms: ['process', 'compose'],
  targets: ['monolith'],
  async prepare(lab) {
    const [target] = lab.targets;
    if (target === undefined) return [];
    const running = await lab.start(target);
    const fitting = await fittingTo(lab, running, workload);
    const planted = await plantedFault(lab, running, fitting);
    return [
      {
        name: 'four windows of one load',
        parts: [
          { name: 'target' },
          { name: 'again', twinOf: 'target' },
          { name: 'same', versus: 'target' },
          { name: 'planted', versus: 'target' },
        ],
        measure: ({ index, seed }) => fourWindows(lab, running, fitting, planted, index, seed),
      },
    ];
  },
  derive: aroundTheFault,
  judge: claimVerdicts,
  figures: claimFigures,
  sentence: (_evaluation, blocks) => {
    const { runs, claimedOfNothing, found } = runsOf(blocks);
    return (
      `In ${runs} small ${runs === 1 ? 'run' : 'runs'} a shape against itself was called different ` +
      `${claimedOfNothing} times, and a planted 20 % was found ${found} times.`
    );
  },
};

async function fourWindows(
  lab: Lab,
  running: RunningTarget,
  workload: Workload,
  planted: Parameters<typeof switchOn>[2],
  index: number,
  seed: number,
): Promise<Sample[]> {
  const attack = lab.attack(String(index), { ...workload, baseUrl: running.baseUrl, seed });
  const samples: Sample[] = [];
  try {
    await attack.started;
    await cpuOfWindow(lab, running, workload, { settleMs: 300, lengthMs: 200 });
    for (const arm of shuffled(['target', 'again', 'same', 'planted'], seededRandom(seed))) {
      if (arm === 'planted') await switchOn(running.baseUrl, 'catalog', planted);
      const window = { settleMs: 100, lengthMs: windowMsAt(workload.rateRps) };
      const cpuUsPerRequest = await cpuOfWindow(lab, running, workload, window);
      if (arm === 'planted') await healAll(running.baseUrl);
      samples.push({ arm, metrics: { cpuUsPerRequest }, doubts: [] });
    }
    const summary = await attack.stop();
    const windows = samples.map(({ metrics }) => metrics.cpuUsPerRequest ?? 0);
    const doubts = [
      ...doubtsAbout(summary, definition.gate),
      ...overload(windows, workload.rateRps, summary.outcomes),
    ];
    return [...samples, { arm: 'the load', metrics: {}, doubts }];
  } finally {
    await attack.stop().catch(() => {});
    await healAll(running.baseUrl);
  }
}
