// simulation/sweep.test.ts: what grows without bound, and where simulated services stop being better.
import { describe, expect, test } from 'vitest';
import type { Teams } from './changes.ts';
import { type Discipline, type SimulatedQueue, simulateQueue } from './simulate.ts';
import { crossoverOf, type Sweep, sweepCoupling } from './sweep.ts';

const pipelineMs = [60_000];
const serial: Discipline = { kind: 'serial', pipelineMs };
const each = (coupledShare: number): Discipline => ({
  kind: 'pipeline each',
  pipelineMs,
  coupledShare,
});

describe('load', () => {
  const twenty: Teams = {
    teams: 20,
    changesPerHour: 20,
    failureShare: 0,
    spanHours: 60,
    seed: 1,
  };

  test.each([1, 1.2, 3])('of %d grows without bound, instead of a number', (load) => {
    const teams = { ...twenty, teams: 1, changesPerHour: load * 60 };
    const queue = simulateQueue(teams, serial);
    expect(queue.load).toBeCloseTo(load, 9);
    expect(queue.times).toBe('grows without bound');
  });

  test('that one pipeline cannot carry is carried by a merge queue, and by pipelines apart', () => {
    const teams = { ...twenty, teams: 6 };
    const mergeQueue: Discipline = { kind: 'merge queue', pipelineMs, batch: 8 };
    const [one, merged, apart] = [serial, mergeQueue, each(0)].map((discipline) =>
      simulateQueue(teams, discipline),
    );
    // 6 teams, 20 changes an hour, a minute each: 2; in batches of 8: 2/8; a pipeline each: 1/3
    expect(one?.times).toBe('grows without bound');
    expect(merged?.load).toBeCloseTo(0.25, 2);
    expect(merged?.times).toHaveProperty('leadMsMean');
    expect(apart?.load).toBeCloseTo(1 / 3, 1);
    expect(apart?.times).toHaveProperty('leadMsMean');
  });

  test('of pipelines that wait for each other reaches 1 while each has less than an hour an hour', () => {
    // Each pipeline has 20 · (1 + 0.8) minutes of work an hour, 0.6, and yet they cannot keep up.
    const waitingAfter = (spanHours: number, coupledShare: number) =>
      simulateQueue({ ...twenty, spanHours }, each(coupledShare)).changes.waiting;
    expect(simulateQueue(twenty, each(0.8)).times).toBe('grows without bound');
    expect(waitingAfter(240, 0.8) / waitingAfter(60, 0.8)).toBeGreaterThan(2.5);
    // What is not said to grow does not.
    expect(simulateQueue(twenty, each(0.2)).load).toBeLessThan(0.8);
    expect(waitingAfter(240, 0.2) / waitingAfter(60, 0.2)).toBeLessThan(1.5);
  });
});

describe('a sweep over the coupled share', () => {
  const sweep: Sweep = {
    teams: 4,
    changesPerHour: 10,
    failureShare: 0.05,
    spanHours: 200,
    seed: 1,
    monolithMs: pipelineMs,
    serviceMs: pipelineMs,
    batch: 8,
    coupledShares: [0, 0.2, 0.4, 0.6, 0.8, 1],
  };
  const leadsMs = (found: ReturnType<typeof sweepCoupling>) =>
    found.pipelineEach.map(({ queue: { times } }) =>
      typeof times === 'string' ? Number.POSITIVE_INFINITY : times.leadMsMean,
    );

  test('lengthens the lead time of services with every step', () => {
    const found = sweepCoupling(sweep);
    const leads = leadsMs(found);
    expect(found.simulated).toBe(true);
    expect(leads).toEqual([...leads].sort((a, b) => a - b));
    expect(new Set(leads).size).toBe(6);
  });

  test('two teams that always change together have one serial pipeline', () => {
    const found = sweepCoupling({ ...sweep, teams: 2 });
    expect(found.pipelineEach.at(-1)?.queue.times).toEqual(found.serial.times);
    expect(found.crossoverShare.serial).toBe(1);
  });

  test('services lose to a merge queue sooner than to a serial pipeline', () => {
    const { crossoverShare } = sweepCoupling(sweep);
    expect(crossoverShare.mergeQueue).toBeGreaterThan(0);
    expect(crossoverShare.serial).toBeNull();
  });

  test('with one team nothing can be coupled', () => {
    const leads = leadsMs(sweepCoupling({ ...sweep, teams: 1 }));
    expect(new Set(leads).size).toBe(1);
  });
});

describe('the crossover', () => {
  const queue = (leadMsMean: number | null): SimulatedQueue => ({
    ...simulateQueue(
      { teams: 1, changesPerHour: 1, failureShare: 0, spanHours: 10, seed: 1 },
      serial,
    ),
    times:
      leadMsMean === null
        ? 'grows without bound'
        : { leadMsMean, leadMsP50: 0, leadMsP90: 0, waitingMsMean: 0 },
  });
  const series = (...leads: (number | null)[]) =>
    leads.map((lead, index) => ({ coupledShare: index / 10, queue: queue(lead) }));

  test('is the first share at which services are not better', () => {
    expect(crossoverOf(series(1, 2, 3, 4), queue(3))).toBe(0.2);
    expect(crossoverOf(series(1, null), queue(3))).toBe(0.1);
  });

  test('is nowhere when they are always better, or never were', () => {
    expect(crossoverOf(series(1, 2), queue(3))).toBeNull();
    expect(crossoverOf(series(1, 2), queue(null))).toBeNull();
    expect(crossoverOf(series(4, 5), queue(3))).toBeNull();
  });

  test('is where services do not settle either, when nothing else does', () => {
    expect(crossoverOf(series(1, null), queue(null))).toBe(0.1);
  });
});
