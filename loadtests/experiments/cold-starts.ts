// experiments/cold-starts.ts: E11: how often functions start cold, and when a server is cheaper.
// Run by `npm run lab -- run cold-starts`; it brings a Lambda service of its own.
import { setMaxListeners } from 'node:events';
import { type Definition, type Size, strictGate } from '../lab/definition.ts';
import type { Experiment } from '../lab/experiment.ts';
import { arrivalsArm, packagesArm } from './cold-starts/arms.ts';
import { claims } from './cold-starts/claims.ts';
import { figuresOf, sentenceOf } from './cold-starts/figures.ts';
import { startFunctions } from './cold-starts/rig.ts';

const definition: Definition = {
  id: 'cold-starts',
  code: 'E11',
  title: 'Cold starts, and paying per use',
  question:
    'A function that nobody calls is ended. How many calls then have to wait for a start, how long ' +
    'does one take and what is it billed, and from which rate on is a server cheaper?',
  prediction:
    'With arrivals that know nothing of each other e^(−λK) of the calls start cold: 61 % at one call ' +
    'in two times K, 14 % at two calls a K. A place that is provisioned is cold only when two calls meet. More code takes longer ' +
    'to start, and the init is billed. At some calls a second a small server is cheaper.',
  formula: 'cold: e^(−λK); break-even: dollars of a server-second ÷ dollars of a call',
  varies: [
    'arrivals of one function: Poisson with λK = 0.5, 1, 2, where K is 1 s (scaled: AWS keeps minutes)',
    'one place provisioned, or none',
    'code that the handler loads: 0.1, 5, 20 MB of JavaScript',
    'on a virtual clock: K = 5 min; Poisson, constant arrivals, bursts of five (simulated)',
  ],
  measures: [
    'calls with an Init Duration in their REPORT line, of all later than K after the beginning',
    'time from the intended arrival to the answer, cold and warm; init; billed ms with the init',
    'dollars by AWS’s list of 2026',
  ],
  control: 'λK = 1 a second time at the same time, by other functions with other arrivals.',
  refutedBy:
    'A share of cold starts more than ten points off the law; over 5 % where a place is provisioned.',
  doesNotShow: [
    'How long AWS keeps an environment: it names no figure, and keeps it for minutes.',
    'AWS’s own starts: there a machine and a download are part of it; here it is a process.',
    'What brings customers to a server: a load balancer and a public address are not in its price, and ' +
      'move the break-even up.',
    'SnapStart, and languages that start slower or faster than JavaScript.',
  ],
  metrics: {
    cold: { label: 'cold starts', unit: '%', better: 'lower' },
    coldMsP50: { label: 'cold call, p50', unit: 'ms', better: 'lower' },
    coldMsP99: { label: 'cold call, p99', unit: 'ms', better: 'lower' },
    warmMsP50: { label: 'warm call, p50', unit: 'ms', better: 'lower' },
    warmMsP99: { label: 'warm call, p99', unit: 'ms', better: 'lower' },
    initMs: { label: 'init', unit: 'ms', better: 'lower' },
    billedMs: { label: 'billed for a call', unit: 'ms', better: 'lower' },
  },
  hypotheses: [...claims],
  gate: { ...strictGate, otherCpuRatio: 0.15 },
  blocks: { quick: 2, standard: 6, full: 10 },
};

const lengthMsIn: Readonly<Record<Size, number>> = {
  quick: 10_000,
  standard: 30_000,
  full: 30_000,
};

export const coldStarts: Experiment = {
  definition,
  targets: [],
  async prepare(lab) {
    // Each call that is still to come listens for Ctrl-C.
    setMaxListeners(0, lab.signal);
    lab.phase({ phase: 'preflight', what: 'a Lambda service', lengthMs: 2000 });
    const functions = await startFunctions(lab);
    return [arrivalsArm(lab, functions, lengthMsIn[lab.size]), packagesArm(lab, functions)];
  },
  figures: figuresOf,
  sentence: (_evaluation, blocks) => sentenceOf(blocks),
};
