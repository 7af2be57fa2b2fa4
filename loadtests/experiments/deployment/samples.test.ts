// experiments/deployment/samples.test.ts: one rollout's rows as the metrics of its sample; all by hand.
// Run by `npm test`.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { expect, test } from 'vitest';
import { checkDefinition } from '../../lab/definition.ts';
import type { Row } from '../../load/results.ts';
import { type DeploymentArm, deploymentArms, EVERY_ROLLOUT } from './arms.ts';
import { definition } from './definition.ts';
import type { Rollout } from './rollout.ts';
import { type RolloutDetail, rolloutTotals, sampleOf } from './samples.ts';

const release = { zip: '/a.zip', folder: '/x', buildMs: 400, artefactBytes: 1000, shipMs: 50 };
const good: Rollout = {
  version: 'good',
  deployedAtMs: 1000,
  saidAtMs: 1700,
  refused: false,
  backAtMs: null,
  endedAtMs: 2200,
};
const bad: Rollout = { ...good, version: 'bad', refused: true, backAtMs: 2000 };
const armNamed = (name: string) => deploymentArms.find((arm) => arm.name === name) as DeploymentArm;
const [monolith, service] = [armNamed('monolith'), armNamed('microservices')];
const cluster = armNamed('monolith-cluster');

const rowsAt = (times: number[], names: readonly Feature[], outcome: Row['outcome']): Row[] =>
  times.flatMap((t) =>
    names.map((feature) => ({ t, lag: 0, ms: 5, op: 'any', feature, outcome, status: 200 })),
  );

test('losses count from the deploy call to the end, as a share of this rollout alone', () => {
  const rows = [
    ...rowsAt([999, 2200], features, 'refused'),
    ...rowsAt([1000, 1500], ['catalog'], 'refused'),
    ...rowsAt([1100, 2199], ['orders'], 'ok'),
  ];
  const { arm, metrics, detail } = sampleOf(service, good, release, rows);
  expect(arm).toBe('microservices: good version');
  expect(metrics).toMatchObject({ lostRequests: 2, lostShare: 0.5, downMs: 500, featuresDown: 1 });
  expect((detail as RolloutDetail).inForceMs).toBe(700);
});

test('recreated, the catalog takes exactly itself and the checkout, the monolith all six', () => {
  const both = rowsAt([1100, 1200], ['catalog', 'orders'], 'refused');
  const none = { touchedUnpredicted: 0, sparedPredicted: 0 };
  expect(sampleOf(service, good, release, both).metrics).toMatchObject(none);
  const other = rowsAt([1100, 1200], ['catalog', 'reports'], 'refused');
  expect(sampleOf(service, good, release, other).metrics).toMatchObject({
    touchedUnpredicted: 1,
    sparedPredicted: 1,
  });
  expect(sampleOf(monolith, bad, release, both).metrics).toMatchObject({ sparedPredicted: 4 });
  const all = rowsAt([1100, 1200], features, 'refused');
  expect(sampleOf(monolith, good, release, all).metrics).toMatchObject(none);
});

test('bit by bit, no feature is predicted to be down', () => {
  const { metrics } = sampleOf(cluster, good, release, []);
  expect(metrics).not.toHaveProperty('touchedUnpredicted');
});

test('lead time is build, unpacking and start, of the good version only', () => {
  expect(sampleOf(service, good, release, []).metrics).toMatchObject({
    startMs: 700,
    leadMs: 1150,
  });
  const { metrics } = sampleOf(service, bad, release, []);
  expect(metrics).not.toHaveProperty('leadMs');
  expect(metrics.rollbackMs).toBe(1000);
});

test('a bad version called live is a finding, no doubt', () => {
  expect(sampleOf(service, bad, release, []).metrics.acceptedBad).toBe(0);
  const accepted = sampleOf(service, { ...bad, refused: false }, release, []);
  expect(accepted).toMatchObject({ metrics: { acceptedBad: 1 }, doubts: [] });
  expect(accepted.metrics).not.toHaveProperty('refusedWrongly');
});

test('a good version that is refused is a finding, and has no lead time', () => {
  expect(sampleOf(service, good, release, []).metrics.refusedWrongly).toBe(0);
  const refused = sampleOf(service, { ...good, refused: true, backAtMs: 2000 }, release, []);
  expect(refused).toMatchObject({ metrics: { refusedWrongly: 1 }, doubts: [] });
  expect(refused.metrics).not.toHaveProperty('leadMs');
  expect(refused.metrics).not.toHaveProperty('rollbackMs');
});

test('all rollouts of a block add up; a metric that none has stays out', () => {
  const rollouts = [
    sampleOf(service, { ...bad, refused: false }, release, []),
    sampleOf(cluster, bad, release, []),
  ];
  expect(rolloutTotals(rollouts)).toEqual([
    {
      arm: EVERY_ROLLOUT,
      metrics: { touchedUnpredicted: 0, sparedPredicted: 2, acceptedBad: 1 },
      doubts: [],
    },
  ]);
  expect(rolloutTotals([])).toEqual([]);
});

test('counts and shares of lost requests are judged in every block', () => {
  checkDefinition(definition);
  const medians = ['leadMs', 'artefactBytes', 'fasterAtRatio'];
  for (const { id, metric, judge } of definition.hypotheses)
    expect(judge === 'every', id).toBe(!medians.includes(metric));
});
