// experiments/call-poll-callback.ts: E10: wait for a job, ask again and again, or be called back.
// Run by `npm run lab -- run call-poll-callback`; it brings a job server and a receiver of its own.
import { setMaxListeners } from 'node:events';
import { type Definition, type Size, strictGate } from '../lab/definition.ts';
import type { Experiment } from '../lab/experiment.ts';
import { armOf, gatewayArm, type Plan } from './call-poll-callback/arms.ts';
import { claims } from './call-poll-callback/claims.ts';
import { figuresOf, sentenceOf } from './call-poll-callback/figures.ts';
import { FAILING } from './call-poll-callback/law.ts';
import { startJobs } from './call-poll-callback/rig.ts';

const definition: Definition = {
  id: 'call-poll-callback',
  code: 'E10',
  title: 'Call, poll, or be called back?',
  question:
    'A job takes longer than a request should. What does it cost to wait for it, to ask for it again ' +
    'and again, or to be called when it is done?',
  prediction:
    'Who waits holds a connection for all of the job, λT at a time. Polling every p holds none, adds ' +
    'p/2 on average and a request for each poll. A callback adds next to nothing and takes two ' +
    'requests; a receiver that fails gets some results more than once, and each at least once. ' +
    'A job that outlasts the limit of API Gateway is lost to who waits.',
  formula: 'held: λT; polling adds p/2 and takes 1 + E⌈T/p⌉ requests; callbacks take 1 + 1/(1−f)',
  varies: [
    'the way: one request that waits; 202 and a poll every 200 ms; 202 and a callback',
    'the receiver of callbacks: good, or failing one delivery in five, half of those after taking it',
    'jobs that take 0.7 and 1.4 times as long as API Gateway waits (1.45 s: 29 s scaled 1:20)',
  ],
  measures: [
    'connections that customers hold open, on average over time',
    'requests a job, both ways counted; time until the customer knows, less the job',
    'results that come twice, results that never come',
  ],
  control: 'Waiting measured a second time in each block.',
  refutedBy:
    'λT off by more than a tenth, p/2 by more than 15 %, requests a job by more than 5 or 10 %; ' +
    'a result that never comes.',
  doesNotShow: [
    'Work: a job is a timer (simulated), so any number of them runs at once.',
    'Receivers behind a firewall, which nobody can call.',
    'Long polling and server-sent events, which lie between waiting and polling.',
    'The real 29 s: the limit is API Gateway’s own code with a twentieth of it.',
  ],
  metrics: {
    connectionsHeld: { label: 'connections held', unit: '', better: 'lower' },
    heldOfLaw: { label: 'connections held, of λT', unit: '', better: 'neither' },
    requestsPerJob: { label: 'requests a job', unit: '', better: 'lower' },
    waitMsMean: { label: 'added to the job, mean', unit: 'ms', better: 'lower' },
    waitMsP99: { label: 'added to the job, p99', unit: 'ms', better: 'lower' },
    repeats: { label: 'results that came again', unit: '', better: 'neither' },
    lost: { label: 'results that never came', unit: '', better: 'neither' },
    timedOut: { label: 'answered 504', unit: '%', better: 'lower' },
  },
  hypotheses: [...claims],
  gate: { ...strictGate, otherCpuRatio: 0.15 },
  blocks: { quick: 2, standard: 6, full: 10 },
};

const jobsIn: Readonly<Record<Size, number>> = { quick: 60, standard: 80, full: 80 };

function plansFor(jobs: number): Plan[] {
  return [
    { name: 'wait', way: 'sync', jobs },
    { name: 'wait again', way: 'sync', jobs, twinOf: 'wait' },
    { name: 'poll', way: 'poll', jobs, versus: 'wait' },
    { name: 'callback', way: 'callback', jobs, versus: 'wait' },
    { name: 'callback, failing receiver', way: 'callback', jobs, failing: FAILING },
  ];
}

export const callPollCallback: Experiment = {
  definition,
  targets: [],
  async prepare(lab) {
    // Each job that is still to come listens for Ctrl-C.
    setMaxListeners(0, lab.signal);
    lab.phase({ phase: 'preflight', what: 'a job server and a receiver', lengthMs: 2000 });
    const jobs = await startJobs(lab);
    const plans = plansFor(jobsIn[lab.size]);
    return [...plans.map((plan) => armOf(lab, jobs, plan)), gatewayArm(lab, jobs)];
  },
  figures: figuresOf,
  sentence: (_evaluation, blocks) => sentenceOf(blocks),
};
