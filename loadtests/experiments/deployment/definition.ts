// experiments/deployment/definition.ts: E7: question, prediction and hypotheses, before anything runs.
// Read by deployment.ts.
import { type Definition, type Hypothesis, strictGate } from '../../lab/definition.ts';
import {
  CLUSTER,
  CONTROL,
  deploymentArms,
  EVERY_ROLLOUT,
  partOf,
  REPLICAS,
  SERVICE,
} from './arms.ts';
import { simulatedArm } from './queue.ts';
import type { VersionName } from './versions.ts';

export const ordersOf = (arm: string) => `${arm}: orders`;

type Bounds = Pick<Hypothesis, 'atLeast' | 'atMost'>;
const down = (arm: string, version: VersionName, text: string, bounds: Bounds): Hypothesis => ({
  id: `${version}-${arm.replaceAll(/[^a-z0-9]+/g, '-')}`,
  text,
  metric: 'featuresDown',
  arm: partOf(arm, version),
  ...bounds,
  judge: 'every',
});

/** One in 200 of each block: its requests share one outage, so blocks are counted, not requests. */
const unnoticed = (arm: string, version: VersionName, text: string): Hypothesis => ({
  id: `${version}-${arm.replaceAll(/[^a-z0-9]+/g, '-')}`,
  text,
  metric: 'lostShare',
  arm: partOf(arm, version),
  atMost: 0.005,
  judge: 'every',
});

const ratio = (id: string, text: string, metric: string, atLeast: number): Hypothesis => ({
  id,
  text,
  metric,
  arm: partOf(SERVICE, 'good'),
  versus: partOf(CONTROL, 'good'),
  atLeast,
  atMost: 1,
});

const none = (id: string, text: string, metric: string): Hypothesis => ({
  id,
  text,
  metric,
  arm: EVERY_ROLLOUT,
  atMost: 0,
  judge: 'every',
});

const wholeOrders = deploymentArms.map(
  ({ name, quick }): Hypothesis => ({
    id: `orders-${name.replaceAll(/[^a-z0-9]+/g, '-')}`,
    text: `${name}: no acknowledged order is lost, none stays half done`,
    metric: 'ordersBroken',
    arm: ordersOf(name),
    atMost: 0,
    judge: 'every',
    invariant: true,
    notInQuick: !quick,
  }),
);

const simulated = (id: string, text: string, load: number, bounds: Bounds): Hypothesis => ({
  id,
  text,
  metric: 'fasterAtRatio',
  arm: simulatedArm(load),
  ...bounds,
});

const all = { atLeast: 6, atMost: 6 };
const two = { atLeast: 2, atMost: 2 };
const hypotheses: readonly Hypothesis[] = [
  down(CONTROL, 'good', 'monolith recreated: all six features are down meanwhile', all),
  down(SERVICE, 'good', 'catalog recreated: catalog and checkout are down, no more', two),
  unnoticed(CLUSTER, 'good', 'monolith rolled out worker by worker: nothing is lost'),
  unnoticed(REPLICAS, 'good', 'catalog rolled out replica by replica: nothing is lost'),
  ratio('lead', 'The service is live sooner, but by less than half', 'leadMs', 0.5),
  ratio(
    'bytes',
    'Its zip is little smaller: addon and shared code are most of it',
    'artefactBytes',
    0.8,
  ),
  down(CONTROL, 'bad', 'a version that exits, recreated: all six are down until the rollback', all),
  down(SERVICE, 'bad', 'the same in the catalog: catalog and checkout', two),
  unnoticed(CLUSTER, 'bad', 'a version that exits, rolled out in the cluster: nothing is lost'),
  unnoticed(REPLICAS, 'bad', 'a version that exits, at the first of two catalogs: nothing is lost'),
  down(CLUSTER, 'wrong', 'cluster: a rollout does not notice wrong prices', { atLeast: 1 }),
  down(REPLICAS, 'wrong', 'two catalogs: a rollout does not notice wrong prices', { atLeast: 1 }),
  simulated(
    'simulated-calm',
    'simulated: while one pipeline keeps up, one each is faster, however coupled the changes are',
    0.5,
    { atLeast: 1 },
  ),
  simulated(
    'simulated-busy',
    'simulated: where only a merge queue keeps up, it overtakes at some share of coupled changes',
    2.4,
    { atLeast: 0.05, atMost: 0.95 },
  ),
  none(
    'unpredicted',
    'No recreation takes down a feature that was not predicted',
    'touchedUnpredicted',
  ),
  none('spared', 'No recreation spares a feature that was predicted', 'sparedPredicted'),
  none('accepted-bad', 'No version that exits at its start is ever called live', 'acceptedBad'),
  none('refused-wrongly', 'No version that starts is refused', 'refusedWrongly'),
  ...wholeOrders,
];

const ms = (label: string) => ({ label, unit: 'ms', better: 'lower' }) as const;
const count = (label: string) => ({ label, unit: '', better: 'lower' }) as const;

export const definition: Definition = {
  id: 'deployment',
  code: 'E7',
  title: 'Is deployment the bottleneck?',
  question:
    'One line is changed in the catalog: how long until it is live, what does the shop lose ' +
    'meanwhile, and what if the change was bad? And how long do the changes of six teams queue?',
  prediction:
    'Recreating takes down what is in the process: six features, or catalog and checkout. Rolling ' +
    'loses nothing, not even by a version that exits; wrong prices it does not notice. The service ' +
    'is live in 0.5–1.0 of the monolith’s time. Simulated: changes wait as in an M/D/1 queue, and ' +
    'a pipeline each is faster until coupled changes fill it.',
  formula: 'mean wait (simulated) = ρD / (2(1 − ρ))',
  varies: [
    'the shape: the whole is shipped, or the one service',
    'the strategy: recreate, rolling',
    'the version: good, exits at start, wrong but alive',
    'simulated: load of the pipeline, share of coupled changes',
  ],
  measures: [
    'build, unpacking and start, one after the other: their sum is the lead time',
    'requests lost, by feature, from the deploy call until all is well again',
    'time from deploying a bad version to the one before being live again',
    'orders acknowledged and lost, or left half done, from the databases',
  ],
  control: 'The monolith recreated a second time in each block: its spread is the A/A band.',
  refutedBy:
    'Other features down than predicted; a version that exits called live, or one that starts ' +
    'refused; more than 1 in 200 requests of a block lost by a rolling deployment; a lead time of the service outside 0.5–1.0 of the monolith’s.',
  doesNotShow: [
    'Pipelines with tests, reviews and a network: here a change is live in seconds. What is ' +
      'simulated scales with the pipeline, if both shapes’ pipelines grow alike.',
    'The same cargo: the monolith’s zip carries the storefront, some 30 kB that its build bundles. Of ' +
      'the services the gateway’s does, which is not deployed here.',
    'Schema changes: both versions fit the same tables.',
    'How a wrong version is noticed: after half a second it is rolled back by the script.',
  ],
  metrics: {
    buildMs: ms('build'),
    buildCpuMs: ms('CPU of the build'),
    artefactBytes: { label: 'zip', unit: 'bytes', better: 'lower' },
    shipMs: ms('unpacking'),
    startMs: ms('start, deploy call to live'),
    leadMs: ms('lead time'),
    lostRequests: count('requests lost'),
    lostShare: { label: 'share of requests lost', unit: '%', better: 'lower' },
    featuresDown: count('features down'),
    touchedUnpredicted: count('down, not predicted'),
    sparedPredicted: { label: 'predicted, not down', unit: '', better: 'neither' },
    acceptedBad: count('bad versions called live'),
    refusedWrongly: count('versions refused that start'),
    downMs: ms('from first to last loss'),
    rollbackMs: ms('bad version deployed to old one live'),
    ordersBroken: count('orders lost or half done'),
    fasterAtRatio: {
      label: 'simulated: coupled shares at which a pipeline each is faster',
      unit: '%',
      better: 'neither',
    },
  },
  hypotheses: [...hypotheses],
  workload: {
    scenario: 'mixed',
    // A process is back within 0.2 s: less would miss the features that few ask for.
    rateRps: 250,
    arrivals: 'constant',
    deadlineMs: 1000,
    sloMs: 500,
  },
  // Losses are counted here, over hundreds of ms: a request that leaves 25 ms late blurs nothing.
  gate: { ...strictGate, lagMsP99: 25, otherCpuRatio: 0.15 },
  blocks: { quick: 2, standard: 6, full: 10 },
};
