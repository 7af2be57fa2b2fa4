// experiments/blast-radius/definition.ts: E4: question, prediction and what is measured, before it runs.
// Read by blast-radius.ts.
import { type Definition, strictGate } from '../../lab/definition.ts';
import { hypotheses } from './hypotheses.ts';

export const definition: Definition = {
  id: 'blast-radius',
  code: 'E4',
  title: 'Blast radius',
  question: 'When one component breaks, how much of the shop goes with it, and for how long?',
  prediction:
    'Faults inside a handler make no difference. What ends or stops a process takes all that lives ' +
    'in it: the monolith 6 of 6 features, the services k of 6, where k are those whose requests need it.',
  formula: 'share of features touched = k / S',
  varies: ['the fault', 'the component it is given to', 'the shape'],
  measures: [
    'requests not ok by feature, in the three seconds after the fault struck, for every shape alike',
    'time to the first lost request, from first to last lost request, and of the restart',
    'whether all was well again within 15 s; what was not is restarted, and counted',
    'orders acknowledged and lost, or left half done, from the databases',
  ],
  control:
    'The monolith a second time in each block, with two of the faults: its spread is the A/A band.',
  refutedBy:
    'A feature touched that was not predicted, or one spared that was; a shop that stays broken; one ' +
    'acknowledged order lost.',
  doesNotShow: [
    'How often such a fault happens: seven processes have more to break than one.',
    'On processes, a database server that fails: SQLite is a library. Containers have one to kill.',
    'More than one fault at a time, and what people do about it: every fault is taken back after a second or two.',
  ],
  metrics: {
    featuresTouched: { label: 'features touched', unit: '', better: 'lower' },
    touchedUnpredicted: { label: 'touched, not predicted', unit: '', better: 'lower' },
    sparedPredicted: { label: 'predicted, not touched', unit: '', better: 'neither' },
    notWell: { label: 'not well again by itself', unit: '', better: 'lower' },
    lostRequests: { label: 'requests lost', unit: '', better: 'lower' },
    collateralRatio: { label: 'lost outside the broken feature', unit: '%', better: 'lower' },
    lostWhileAway: { label: 'lost while the process was away', unit: '%', better: 'lower' },
    detectMs: { label: 'first loss after', unit: 'ms', better: 'lower' },
    outageMs: { label: 'from first to last loss', unit: 'ms', better: 'lower' },
    restartMs: { label: 'restart, died to ready', unit: 'ms', better: 'lower' },
    busyRatio: { label: "servers' core, before the first fault", unit: '%', better: 'lower' },
    ordersBroken: { label: 'orders lost or half done', unit: '', better: 'lower' },
  },
  hypotheses: [...hypotheses],
  workload: {
    scenario: 'mixed',
    rateRps: 100,
    arrivals: 'constant',
    deadlineMs: 1000,
    sloMs: 500,
  },
  phases: { steadyMs: 300, holdMs: 1000, settleMs: 500 },
  // Losses are counted here, over hundreds of ms: a request that leaves 25 ms late blurs nothing.
  gate: { ...strictGate, lagMsP99: 25, otherCpuRatio: 0.15 },
  blocks: { quick: 2, standard: 6, full: 10 },
};
