// experiments/calibration.ts: E0: what the lab makes of nothing, and of a slowdown that was planted.
// Run by `npm run lab -- run calibration`; the gate every other experiment passes is tried here.
import { type Definition, strictGate, type Workload } from '../lab/definition.ts';
import type { Experiment } from '../lab/experiment.ts';
import { claimVerdicts, RUNS_WANTED, runsOf, SMALL_RUN } from './calibration/claims.ts';
import { claimFigures } from './calibration/figures.ts';
import { inTurn } from './calibration/in-turn.ts';
import { AFTER, BEFORE } from './calibration/slices.ts';
import { FIRST_RPS, fittingTo, plantedFault, warmedUp } from './calibration/windows.ts';

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
  control: 'The same running target measured again in each block, in turns of half a second.',
  refutedBy: 'A difference claimed where there is none, or the planted one missed.',
  doesNotShow: [
    'Differences smaller than the A/A band: the lab does not claim what it cannot tell apart.',
    'Latency: its spread is larger, and each experiment prints its own.',
    'Arms that are started anew or measured seconds apart: they see an uneven machine differently.',
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
      text: 'After the last heal a request costs what it cost before any fault, within 5 %',
      metric: 'cpuUsPerRequest',
      arm: AFTER,
      versus: BEFORE,
      atLeast: 0.95,
      atMost: 1.05,
    },
  ],
  workload,
  // CPU per request does not depend on when exactly a request leaves.
  gate: { ...strictGate, lagMsP99: 100 },
  // A slow machine needs more than half a minute for each of the 120 blocks of a full run.
  stop: { afterMinutes: 90 },
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
    // Twice: a request is cheaper on a busy core than on an idle one.
    const slow = { ...workload, rateRps: FIRST_RPS };
    const slowUs = await warmedUp(lab, running, 'slow', slow);
    let usualUs = await warmedUp(lab, running, 'fitting', fittingTo(slowUs, workload));
    const fitting = fittingTo(usualUs, workload);
    return [
      {
        name: 'four in turn under one load',
        parts: [
          { name: 'target' },
          { name: 'again', twinOf: 'target' },
          { name: 'same', versus: 'target' },
          { name: 'planted', versus: 'target' },
        ],
        async measure(block) {
          // By what a request cost last: it gets cheaper for minutes, and the loop would not.
          const samples = await inTurn(
            lab,
            { running, workload: fitting, planted: plantedFault(usualUs) },
            block,
          );
          const isSound = samples.every(({ doubts }) => doubts.length === 0);
          const target = samples.find(({ arm }) => arm === 'target');
          if (isSound) usualUs = target?.metrics.cpuUsPerRequest ?? usualUs;
          return samples;
        },
      },
    ];
  },
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
