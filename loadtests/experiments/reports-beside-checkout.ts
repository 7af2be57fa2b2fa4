// experiments/reports-beside-checkout.ts: E12b: what a report does to who buys, by where and how it is read.
// Run by `npm run lab -- run reports-beside-checkout`; it restarts the shop for each placement.
import { type Definition, strictGate, type Workload } from '../lab/definition.ts';
import type { Experiment } from '../lab/experiment.ts';
import { armOf } from './reports-beside-checkout/arms.ts';
import { claims } from './reports-beside-checkout/claims.ts';
import { figuresOf, sentenceOf } from './reports-beside-checkout/figures.ts';
import { plansIn, siteOf } from './reports-beside-checkout/plans.ts';
import { openSites } from './reports-beside-checkout/sites.ts';

const workload: Workload = {
  scenario: 'checkout',
  rateRps: 60,
  arrivals: 'constant',
  deadlineMs: 10_000,
  sloMs: 500,
};

const definition: Definition = {
  id: 'reports-beside-checkout',
  code: 'E12b',
  title: 'What does a report do to checkout?',
  question:
    'People buy at a steady rate while somebody reads the revenue of the past, once a second and thirty ' +
    'times at once. Who waits for whom, in each shape and with reports read in each place?',
  prediction:
    'On the event loop of the monolith on SQLite nobody is served while a report is read. A thread or a ' +
    'process of its own heals the p99 of checkout and leaves the report as slow as it was; columns make ' +
    'the report quick. On PostgreSQL the loop only waits. The copy of the services is behind, by less ' +
    'than a second; a reader beside the shop keeps its WAL from being folded back.',
  formula: 'p99 on the loop: s − T/100 for a report of s every T; a burst of n in line: n·s',
  varies: [
    'where reports are read: the monolith’s event loop, a thread, a process, a service',
    'how the past lies: rows of SQLite or PostgreSQL; columns of DuckDB in the services',
    'reports: none, one a second, thirty at once',
  ],
  measures: [
    'p99 and goodput of people who buy, with reports as a ratio to without, in one load',
    'time of a report alone, beside checkout, and of the last of thirty',
    'how far a report is behind the newest order confirmed before it was asked for',
    'size of the WAL of the orders’ SQLite file, without reports and at the end',
  ],
  control: 'The monolith on its loop measured a second time in each block, at a shuffled place.',
  refutedBy:
    'A p99 that a report on the loop does not multiply by ten; one from a thread or a process above a ' +
    'third of that; a report that isolation makes quicker or columns do not; a lag above a second.',
  doesNotShow: [
    'Machines of their own: all servers share one core, so a report beside checkout still takes its time.',
    'PostgreSQL on that core: its server is not pinned, and has fewer past orders than SQLite.',
    'Disks: all files are in the page cache.',
    'Reports of other kinds: the revenue by category reads all of the past.',
  ],
  metrics: {
    p99WithoutMs: { label: 'p99 without reports', unit: 'ms', better: 'lower' },
    p99WithMs: { label: 'p99, a report a second', unit: 'ms', better: 'lower' },
    p99BurstMs: { label: 'p99, thirty reports at once', unit: 'ms', better: 'lower' },
    p99Ratio: { label: 'p99, a report a second ÷ none', unit: '×', better: 'lower' },
    p99BurstRatio: { label: 'p99, thirty at once ÷ none', unit: '×', better: 'lower' },
    p99OfLaw: { label: 'p99 ÷ that of the law', unit: '×', better: 'neither' },
    goodputRatio: { label: 'goodput, a report a second ÷ none', unit: '×', better: 'higher' },
    goodputBurstRatio: { label: 'goodput, thirty at once ÷ none', unit: '×', better: 'higher' },
    reportAloneMs: { label: 'report alone', unit: 'ms', better: 'lower' },
    reportMsP50: { label: 'report beside checkout, p50', unit: 'ms', better: 'lower' },
    reportMsMax: { label: 'slowest report', unit: 'ms', better: 'lower' },
    burstDoneMs: { label: 'last of thirty reports', unit: 'ms', better: 'lower' },
    burstInLine: { label: 'last of thirty ÷ thirty times one', unit: '×', better: 'neither' },
    lagMsMax: { label: 'behind checkout, at most', unit: 'ms', better: 'lower' },
    walWithoutMb: { label: 'WAL without reports', unit: 'MB', better: 'lower' },
    walMb: { label: 'WAL at the end', unit: 'MB', better: 'lower' },
  },
  hypotheses: [...claims],
  workload,
  // What is claimed is tens of ms; a generator that is 5 ms late changes none of it.
  gate: { ...strictGate, lagMsP99: 5, otherCpuRatio: 0.15 },
  blocks: { quick: 2, standard: 6, full: 10 },
};

export const reportsBesideCheckout: Experiment = {
  definition,
  targets: ['monolith', 'microservices'],
  takes: ['rate'],
  async prepare(lab) {
    const plans = plansIn(lab.size);
    const sites = await openSites(lab, lab.targets, plans);
    const load = { workload: lab.definition.workload ?? workload, gate: definition.gate };
    return plans.flatMap((plan) => {
      const site = sites.get(siteOf(plan));
      return site === undefined ? [] : [armOf(lab, site, plan, load)];
    });
  },
  figures: figuresOf,
  sentence: (_evaluation, blocks) => sentenceOf(blocks),
};
