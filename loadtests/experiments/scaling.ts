// experiments/scaling.ts: E8: what it costs to scale one hot part, by replicas or by whole monoliths.
// Run by `npm run lab -- run scaling`; the hot part waits for something slow that is simulated.
import { type Definition, type Size, strictGate } from '../lab/definition.ts';
import type { Arm, Experiment, Lab } from '../lab/experiment.ts';
import type { Block } from '../lab/result.ts';
import { ratiosOf, valuesOf } from '../lab/values.ts';
import { amount } from '../lab/words.ts';
import { medianOf } from '../statistics/quantile.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import { measureSite, openSite, type Site, whileHot } from './scaling/copies.ts';
import { figuresOf, measuredCopies, summaryOf } from './scaling/figures.ts';
import { armOf, copiesIn, derived, type Shape, shapes } from './scaling/law.ts';

const secondsIn: Readonly<Record<Size, number>> = { quick: 1, standard: 2, full: 2 };
const WARM_UP_SECONDS = 1;
const TWICE = `${armOf('monolith', 1)} again`;

const shapeOf: Readonly<Record<string, Shape>> = {
  'monolith-cluster': 'monolith',
  microservices: 'services',
};

const definition: Definition = {
  id: 'scaling',
  code: 'E8',
  title: 'What does it cost to scale the hot part?',
  question:
    'When only the catalog is short of capacity, how much memory and CPU do replicas of the ' +
    'catalog save against more workers of the whole monolith?',
  prediction:
    'Little. Each Node process takes 45–75 MB whatever it contains, so 100 operations a second more ' +
    'cost the monolith 1.0–1.5 times the memory that they cost the services, which begin with 4–8 ' +
    'times as much. Both double with a second copy, as the work waits. The services use more of the ' +
    'shared core for each operation, for the gateway’s part of it.',
  formula:
    'operations a second: 300 n (6 at a time ÷ 20 ms), until n × 300 × CPU an operation is one core; ' +
    'memory: 75 n MB against 60 (6 + n) MB',
  varies: [
    'copies of the catalog, 1, 2, 4, or 1, 2, 3, 4, 8 in a full run (replicas behind the gateway, ' +
      'workers of the monolith)',
    'the shape',
  ],
  measures: [
    'operations a second under a closed loop that keeps every copy busy: capacity, not latency',
    'memory of all processes of the shape right after it: RSS, and PSS where Linux tells it',
    'CPU of all processes of the shape per operation, from the scheduler’s own account',
  ],
  control: 'The monolith of one worker, measured a second time in each block.',
  refutedBy:
    'A second copy that brings less than 1.8 times the throughput; a ratio of the slopes of memory ' +
    'outside 1.0–1.5; a first copy of the services below 4 or above 8 times the monolith’s; less ' +
    'CPU an operation in the services.',
  doesNotShow: [
    'Work that computes: the wait is simulated, as all servers share one core.',
    'What a larger monolith would need: this one is small, and so is what a worker carries along.',
    'Copies on machines of their own, where each brings an operating system as well.',
    'A cluster without its primary: the process that leads it is part of what a second worker costs.',
    'A shared database that becomes the limit: products are read, from one file for all copies.',
  ],
  metrics: {
    throughputRps: { label: 'operations', unit: 'rps', better: 'higher' },
    rssMb: { label: 'memory (RSS)', unit: 'MB', better: 'lower' },
    pssMb: { label: 'memory (PSS)', unit: 'MB', better: 'lower' },
    cpuUsPerOp: { label: 'CPU per operation', unit: 'µs', better: 'lower' },
    coreShare: { label: 'share of the core', unit: '%', better: 'neither' },
    fixedMb: { label: 'memory (RSS) with one copy', unit: 'MB', better: 'lower' },
    mbPer100Rps: { label: 'memory (RSS) for 100 rps more', unit: 'MB', better: 'lower' },
    pssMbPer100Rps: { label: 'memory (PSS) for 100 rps more', unit: 'MB', better: 'lower' },
    cpuMsPer100Rps: { label: 'CPU each second for 100 rps more', unit: 'ms', better: 'lower' },
    sigma: { label: 'contention σ', unit: '', better: 'lower' },
    kappa: { label: 'crosstalk κ', unit: '', better: 'lower' },
    fitR2: { label: 'r² of the fit that σ and κ are from', unit: '', better: 'neither' },
  },
  hypotheses: [
    ...shapes.map((shape) => ({
      id: `doubles-${shape}`,
      text: `Two copies do at least 1.8 times what one does: ${shape}`,
      metric: 'throughputRps',
      arm: armOf(shape, 2),
      versus: armOf(shape, 1),
      atLeast: 1.8,
    })),
    {
      id: 'small-saving',
      text: 'Memory for 100 operations a second more: workers of the monolith against replicas',
      metric: 'mbPer100Rps',
      arm: 'monolith',
      versus: 'services',
      atLeast: 1,
      atMost: 1.5,
    },
    {
      id: 'dear-beginning',
      text: 'Memory with one copy: the services against the monolith',
      metric: 'fixedMb',
      arm: 'services',
      versus: 'monolith',
      atLeast: 4,
      atMost: 8,
    },
    {
      id: 'way-through-the-gateway',
      text: 'An operation takes at least as much CPU in the services, with four copies of each',
      metric: 'cpuUsPerOp',
      arm: armOf('services', 4),
      versus: armOf('monolith', 4),
      atLeast: 1,
    },
  ],
  // Nothing is sent by a schedule, so there is no lag; the generator's own core is looked at.
  gate: strictGate,
  blocks: { quick: 2, standard: 6, full: 10 },
};

export const scaling: Experiment = {
  definition,
  targets: Object.keys(shapeOf),
  async prepare(lab) {
    const sites: Site[] = [];
    for (const shape of shapesIn(lab))
      for (const [place, copies] of copiesIn[lab.size].entries())
        sites.push(await openSite(lab, shape, copies, place));
    // All at once: nothing is measured, but code is compiled and heaps have grown before the blocks.
    await whileHot(sites, () =>
      Promise.all(sites.map((site) => measureSite(lab, site, site.name, WARM_UP_SECONDS))),
    );
    return sites.flatMap((site) => armsOf(lab, site));
  },
  derive: derived,
  figures: figuresOf,
  sentence: (_evaluation, blocks) => sentenceOf(blocks),
};

/** @throws CannotStart for a target that has no copies of anything */
function shapesIn({ targets }: Lab): Shape[] {
  return targets.map(({ name }) => {
    const shape = shapeOf[name];
    if (shape !== undefined) return shape;
    const known = Object.keys(shapeOf).join(' and ');
    throw new CannotStart(`${name} cannot be scaled by this experiment: choose from ${known}.`);
  });
}

function armsOf(lab: Lab, site: Site): Arm[] {
  const { name, copies } = site;
  const arm = (plan: Omit<Arm, 'measure'>): Arm => ({
    ...plan,
    measure: () =>
      whileHot([site], async () => [await measureSite(lab, site, plan.name, secondsIn[lab.size])]),
  });
  const one = armOf('monolith', 1);
  if (name === one) return [arm({ name }), arm({ name: TWICE, twinOf: one })];
  const isMonolith = name === armOf('monolith', copies);
  return [arm({ name, versus: isMonolith ? one : armOf('monolith', copies) })];
}

function sentenceOf(blocks: readonly Block[]): string {
  const words = (arm: string, metric: string, unit: string) => {
    const found = summaryOf(blocks, arm, metric);
    return found === undefined ? 'an unknown amount' : amount(found.value, unit);
  };
  const ratio = (metric: string, arm: string, versus: string) => {
    const ratios = ratiosOf(blocks, metric, arm, versus);
    return ratios.length === 0 ? 'unknown' : amount(medianOf(ratios), '×');
  };
  const twice = (shape: Shape) => ratio('throughputRps', armOf(shape, 2), armOf(shape, 1));
  return (
    `100 operations a second more took ${words('monolith', 'mbPer100Rps', 'MB')} as workers of the ` +
    `monolith and ${words('services', 'mbPer100Rps', 'MB')} as replicas of the catalog ` +
    `(${ratio('mbPer100Rps', 'monolith', 'services')}); with one copy the services needed ` +
    `${ratio('fixedMb', 'services', 'monolith')} the memory. A second copy brought ` +
    `${twice('monolith')} and ${twice('services')} the throughput; ${coreWords(blocks)}.`
  );
}

/** How much of the core the largest size of each shape used: near all of it, more copies are idle. */
function coreWords(blocks: readonly Block[]): string {
  const shares = shapes.flatMap((shape) => {
    const most = measuredCopies(blocks, shape).at(-1);
    if (most === undefined) return [];
    const used = medianOf(valuesOf(blocks, armOf(shape, most), 'coreShare'));
    return `${most} copies in the ${shape} used ${amount(used, '%')} of the core`;
  });
  return shares.join(', ');
}
