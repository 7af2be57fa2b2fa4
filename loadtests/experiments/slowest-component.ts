// experiments/slowest-component.ts: E9: a chain of functions by call and by queue, and its slow stage killed.
// Run by `npm run lab -- run slowest-component`; it brings its own chain, on the local cloud.
import { setMaxListeners } from 'node:events';
import { type Definition, type Size, strictGate } from '../lab/definition.ts';
import type { Experiment } from '../lab/experiment.ts';
import { armOf, LEAD_MS, type Plan } from './slowest-component/arms.ts';
import { claims } from './slowest-component/claims.ts';
import { figuresOf, sentenceOf } from './slowest-component/figures.ts';
import { startChain } from './slowest-component/rig.ts';

const definition: Definition = {
  id: 'slowest-component',
  code: 'E9',
  title: 'The slowest component, and the queue',
  question:
    'Three functions work on each order, the last one slowly. What does it cost that they wait for ' +
    'each other, what does a queue between them save, and what does it not?',
  prediction:
    'By call each function is paid for while it waits: 660 ms an order instead of 240. By queue the ' +
    'acknowledgement no longer waits for the slow stage, but the completion is not a bit sooner. With ' +
    'the slow stage dead, customers who call fail; by queue nobody notices, the backlog is worked ' +
    'off afterwards at the pace of the slow stage, and no order is lost.',
  formula: 'billed by call: Σ i·sᵢ; by queue: Σ sᵢ; orders a second: min cᵢ/sᵢ',
  varies: [
    'how a stage hands an order on: it calls the next one and waits, or leaves it in its queue',
    'the slow stage: alive, or dead for 10 s (4 s in a quick run): its processes are killed',
    'the queues: as they should be, or delivering one in seven messages once more',
  ],
  measures: [
    'time until the customer has an answer, and until the order is done, from the intended time',
    'billed ms an order without the init of cold starts, each invocation rounded up to a whole ms',
    'orders lost, missing at any look, put aside as dead letters; repeats that were recognised',
    'backlog, time to drain it, environments, calls of SQS, dollars by AWS’s list of 2026',
  ],
  control: 'The chain by queue measured a second time in each block, at a shuffled place.',
  refutedBy:
    'A billed ratio more than 5 % from 660 ÷ 240; a completion that is sooner by queue; an order ' +
    'lost, or missing at a look.',
  doesNotShow: [
    'A network, or AWS: functions, queues and mappings are those of the local cloud.',
    'Work that uses a processor: a stage sleeps (simulated), so no core is short.',
    'Bigger batches, which save invocations and calls: here an invocation takes one order.',
    'What customers do who are told “accepted” and wait for the rest.',
  ],
  metrics: {
    ackMsP50: { label: 'acknowledged, p50', unit: 'ms', better: 'lower' },
    ackMsP99: { label: 'acknowledged, p99', unit: 'ms', better: 'lower' },
    doneMsP50: { label: 'done, p50', unit: 'ms', better: 'lower' },
    doneMsP99: { label: 'done, p99', unit: 'ms', better: 'lower' },
    billedMs: { label: 'billed for an order', unit: 'ms', better: 'lower' },
    dollarsPerMillion: { label: 'a million orders', unit: '$', better: 'lower' },
    sqsCalls: { label: 'calls of SQS for an order', unit: '', better: 'lower' },
    coldStarts: { label: 'cold starts', unit: '', better: 'neither' },
    environments: { label: 'environments at once', unit: '', better: 'lower' },
    backlog: { label: 'longest backlog of the slow stage', unit: '', better: 'lower' },
    drainMs: { label: 'done after the outage', unit: 'ms', better: 'lower' },
    drainedRps: { label: 'orders a second from a backlog', unit: '', better: 'higher' },
    failedRatio: { label: 'customers refused in the outage', unit: '%', better: 'lower' },
    lost: { label: 'orders lost', unit: '', better: 'neither' },
    missing: { label: 'orders missing at a look', unit: '', better: 'neither' },
    repeats: { label: 'repeats recognised', unit: '', better: 'neither' },
    deadLettered: { label: 'dead letters', unit: '', better: 'neither' },
  },
  hypotheses: [...claims],
  gate: { ...strictGate, otherCpuRatio: 0.15 },
  blocks: { quick: 2, standard: 6, full: 10 },
};

const RATE_RPS = 5;
const deadMsIn: Readonly<Record<Size, number>> = { quick: 4000, standard: 10_000, full: 10_000 };

function plansFor(size: Size): Plan[] {
  const living = { orders: 20, rateRps: RATE_RPS, deadMs: 0 };
  const deadMs = deadMsIn[size];
  const struck = { rateRps: RATE_RPS, deadMs, orders: ((deadMs + 2 * LEAD_MS) / 1000) * RATE_RPS };
  return [
    { name: 'by call', coupling: 'call', ...living, versus: 'by queue' },
    { name: 'by queue', coupling: 'queue', ...living },
    { name: 'by queue again', coupling: 'queue', ...living, twinOf: 'by queue' },
    { name: 'by queue, some twice', coupling: 'queue', ...living, doubles: true },
    { name: 'by queue, backlog', coupling: 'queue', ...living, orders: 60, atOnce: true },
    { name: 'by call, slow stage dead', coupling: 'call', ...struck },
    { name: 'by queue, slow stage dead', coupling: 'queue', ...struck },
  ];
}

export const slowestComponent: Experiment = {
  definition,
  targets: [],
  async prepare(lab) {
    // Each call that is still to come listens for Ctrl-C.
    setMaxListeners(0, lab.signal);
    lab.phase({ phase: 'preflight', what: 'a chain of three functions', lengthMs: 3000 });
    const chain = await startChain(lab);
    return plansFor(lab.size).map((plan) => armOf(lab, chain, plan));
  },
  figures: (blocks) => figuresOf(blocks, RATE_RPS),
  sentence: (_evaluation, blocks) => sentenceOf(blocks),
};
