// experiments/blast-radius/predicted.test.ts: what each fault must touch in each shape, and the totals.
// Run by `npm test`.
import { features } from '@lab/shared/contract/operation.ts';
import { expect, test } from 'vitest';
import { checkDefinition } from '../../lab/definition.ts';
import type { Sample } from '../../lab/result.ts';
import { shapesAt } from '../../targets/targets.ts';
import { type BlowPlan, blows } from './blows.ts';
import { definition } from './definition.ts';
import { predictedFor } from './predicted.ts';
import { allCrashes, EVERY_FAULT, totalsOf } from './totals.ts';

const shapes = shapesAt(3000);
const sqlite = 'SQLite' as const;
const monolith = { target: shapes.monolith, engine: sqlite };
const services = { target: shapes.microservices, engine: sqlite };
const cluster = { target: shapes['monolith-cluster'], engine: sqlite };
const two = ['orders', 'payments'];

test.each<[BlowPlan['kind'], readonly string[], readonly string[]]>([
  ['exception', two, two],
  ['error', two, two],
  ['wrong', ['payments'], ['payments']],
  ['pool', ['orders'], ['orders']],
  ['crash', features, two],
  ['rejection', features, two],
  ['leak', features, two],
  ['hang', features, two],
  ['slow-query', features, two],
  ['db-lock', features, two],
  ['database-kill', features, two],
  ['cut', features, two],
])('%s in payments reaches %j of the monolith and %j of the services', (kind, one, other) => {
  expect(predictedFor(monolith, { kind, role: 'payments' })).toEqual(one);
  expect(predictedFor(services, { kind, role: 'payments' })).toEqual(other);
});

test('a function that crashes, leaks or hangs has one request in hand: no feature is touched', () => {
  const functions = { target: shapes.serverless, engine: sqlite };
  const inPayments = (kind: BlowPlan['kind']) =>
    predictedFor(functions, { kind, role: 'payments' });
  for (const kind of ['crash', 'rejection', 'leak', 'hang'] as const)
    expect(inPayments(kind)).toEqual([]);
  for (const kind of ['exception', 'error', 'slow-query', 'db-lock', 'pool'] as const)
    expect(inPayments(kind)).toEqual(two);
  expect(inPayments('wrong')).toEqual(['payments']);
  // The provider's: not ours to kill.
  expect(predictedFor(functions, { kind: 'kill', role: 'gateway' })).toBeUndefined();
});

test('a crash of a feature that nobody needs takes that feature alone from the services', () => {
  const crash = (role: BlowPlan['role']) => predictedFor(services, { kind: 'crash', role });
  expect(crash('reports')).toEqual(['reports']);
  expect(crash('notifications')).toEqual(['notifications']);
  expect(crash('catalog')).toEqual(['catalog', 'orders']);
  expect(predictedFor(services, { kind: 'kill', role: 'gateway' })).toEqual(features);
});

test('a server lets a slow query go on, and has one pool for readers and writers', () => {
  const on = (target: typeof shapes.monolith, kind: BlowPlan['kind']) =>
    predictedFor({ target, engine: 'PostgreSQL' }, { kind, role: 'payments' });
  expect(on(shapes.monolith, 'pool')).toEqual(features);
  expect(on(shapes.microservices, 'pool')).toEqual(two);
  expect(on(shapes.monolith, 'slow-query')).toBeUndefined();
});

test('nothing is predicted of a cluster, nor of a gateway where there is none', () => {
  for (const blow of blows) expect(predictedFor(cluster, blow)).toBeUndefined();
  expect(predictedFor(monolith, { kind: 'kill', role: 'gateway' })).toBeUndefined();
});

test('every blow has a prediction in the services', () => {
  for (const blow of blows) expect(predictedFor(services, blow)).not.toBeUndefined();
});

const sample = (arm: string, metrics: Record<string, number>): Sample => ({
  arm,
  metrics,
  doubts: [],
});

test('the mean of the crashes waits for all six of them', () => {
  const crashes = features.map((feature, index) =>
    sample(`microservices: crash in ${feature}`, { featuresTouched: index < 3 ? 2 : 1 }),
  );
  const totals = totalsOf([...crashes, sample('microservices: hang in payments', {})]);
  expect(totals).toEqual([sample(allCrashes('microservices'), { featuresTouched: 1.5 })]);
  expect(totalsOf(crashes.slice(1))).toEqual([]);
});

test('surprises add up over the faults of every shape; what nobody predicted stays out', () => {
  const totals = totalsOf([
    sample('monolith: hang in payments', { touchedUnpredicted: 0, sparedPredicted: 1, notWell: 0 }),
    sample('microservices: hang in payments', { touchedUnpredicted: 2, sparedPredicted: 1 }),
    sample('monolith-cluster: hang in payments', { notWell: 1 }),
  ]);
  const metrics = { touchedUnpredicted: 2, sparedPredicted: 2, notWell: 1 };
  expect(totals).toEqual([sample(EVERY_FAULT, metrics)]);
  expect(totalsOf([sample('monolith-cluster: x', { notWell: 0 })])).toEqual([
    sample(EVERY_FAULT, { notWell: 0 }),
  ]);
});

test('counts are judged in every block: also by a short run', () => {
  checkDefinition(definition);
  const counts = definition.hypotheses.filter(({ metric }) => metric !== 'lostWhileAway');
  for (const { versus, judge } of counts) expect(judge === 'every').toBe(versus === undefined);
});
