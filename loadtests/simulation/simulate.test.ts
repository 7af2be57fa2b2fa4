// simulation/simulate.test.ts: the simulation against queueing theory, and what it may never do.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanOf } from '../statistics/line.ts';
import { type Change, hourMs, simulatedChanges, type Teams } from './changes.ts';
import { meanWaitMs } from './md1.ts';
import { type Discipline, type SimulatedTimes, simulateQueue } from './simulate.ts';

const minuteMs = 60_000;
const calm: Teams = { teams: 1, changesPerHour: 30, failureShare: 0, spanHours: 400, seed: 1 };
const serial: Discipline = { kind: 'serial', pipelineMs: [minuteMs] };
const each = (coupledShare: number): Discipline => ({
  kind: 'pipeline each',
  pipelineMs: [minuteMs],
  coupledShare,
});

function timesOf(teams: Teams, discipline: Discipline): SimulatedTimes {
  const { times } = simulateQueue(teams, discipline);
  if (typeof times === 'string') throw new Error(times);
  return times;
}

/** Mean of twenty replications, and how far it may be off: Student's t at 99 %, 19 degrees of freedom. */
function simulatedWaitMs(teams: Teams, discipline: Discipline) {
  const waits = Array.from(
    { length: 20 },
    (_, seed) => timesOf({ ...teams, seed: seed * 1000 }, discipline).waitingMsMean,
  );
  const mean = meanOf(waits);
  const variance = waits.reduce((sum, wait) => sum + (wait - mean) ** 2, 0) / 19;
  return { mean, halfWidth: 2.861 * Math.sqrt(variance / 20) };
}

describe('the theory', () => {
  test('at half load the wait is half a run, and at 85 % almost three', () => {
    // 0.5 · 60 / (2 · 0.5) = 30 s; 0.85 · 60 / (2 · 0.15) = 170 s
    expect(meanWaitMs(0.5, minuteMs)).toBe(30_000);
    expect(meanWaitMs(0.85, minuteMs)).toBeCloseTo(170_000, 6);
    expect(meanWaitMs(1, minuteMs)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe.each([0.3, 0.6, 0.85])('at a load of %d', (load) => {
  const teams: Teams = { ...calm, changesPerHour: load * 60, spanHours: 500 };

  test('one serial pipeline waits as M/D/1 says, within the interval of the simulation', () => {
    const { mean, halfWidth } = simulatedWaitMs(teams, serial);
    const predicted = meanWaitMs(load, minuteMs);
    console.log(
      `simulated, load ${load}: wait ${(mean / 1000).toFixed(1)} ± ${(halfWidth / 1000).toFixed(1)} s, ` +
        `M/D/1 ${(predicted / 1000).toFixed(1)} s`,
    );
    expect(halfWidth).toBeLessThan(predicted * 0.05);
    expect(Math.abs(mean - predicted)).toBeLessThan(halfWidth);
    expect(simulateQueue(teams, serial).load).toBeCloseTo(load, 9);
  });

  test('without coupling each of five pipelines is such a queue', () => {
    const { mean, halfWidth } = simulatedWaitMs({ ...teams, teams: 5, spanHours: 150 }, each(0));
    expect(halfWidth).toBeLessThan(meanWaitMs(load, minuteMs) * 0.05);
    expect(Math.abs(mean - meanWaitMs(load, minuteMs))).toBeLessThan(halfWidth);
  });

  test('durations that vary make it longer by the mean of their squares', () => {
    // 30 s or 90 s: (30² + 90²) / 2 = 4500 against 60² = 3600, 1.25 times as much
    const varied: Discipline = { kind: 'serial', pipelineMs: [30_000, 90_000] };
    const { mean, halfWidth } = simulatedWaitMs(teams, varied);
    expect(Math.abs(mean - 1.25 * meanWaitMs(load, minuteMs))).toBeLessThan(halfWidth);
    expect(mean - meanWaitMs(load, minuteMs)).toBeGreaterThan(halfWidth);
  });
});

describe('whatever is simulated', () => {
  const anyTeams = fc.record({
    teams: fc.integer({ min: 1, max: 8 }),
    changesPerHour: fc.integer({ min: 1, max: 30 }),
    failureShare: fc.constantFrom(0, 0.1, 0.5),
    spanHours: fc.integer({ min: 1, max: 20 }),
    seed: fc.integer(),
  });
  const durations = fc.constant([20_000, 60_000, 200_000]);
  const anyDiscipline: fc.Arbitrary<Discipline> = fc.oneof(
    fc.record({ kind: fc.constant('serial' as const), pipelineMs: durations }),
    fc.record({
      kind: fc.constant('merge queue' as const),
      pipelineMs: durations,
      batch: fc.integer({ min: 1, max: 9 }),
    }),
    fc.record({
      kind: fc.constant('pipeline each' as const),
      pipelineMs: durations,
      coupledShare: fc.constantFrom(0, 0.3, 1),
    }),
  );

  test('no change is lost and none is made up', () => {
    fc.assert(
      fc.property(anyTeams, anyDiscipline, (teams, discipline) => {
        const { changes, utilisation } = simulateQueue(teams, discipline);
        expect(changes.arrived).toBe(simulatedChanges(teams).length);
        expect(changes.live + changes.sentBack + changes.waiting).toBe(changes.arrived);
        expect(utilisation).toBeGreaterThanOrEqual(0);
        expect(utilisation).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });

  test('the same seed gives the same result, and another seed another', () => {
    fc.assert(
      fc.property(anyTeams, anyDiscipline, (teams, discipline) => {
        const first = simulateQueue(teams, discipline);
        expect(simulateQueue(teams, discipline)).toEqual(first);
        expect(first.simulated).toBe(true);
      }),
    );
    const other = simulateQueue({ ...calm, seed: 2 }, serial);
    expect(other).not.toEqual(simulateQueue(calm, serial));
  });
});

describe('a result', () => {
  test('counts lead time from ready to live, the run included', () => {
    const times = timesOf(calm, serial);
    expect(times.leadMsMean).toBeCloseTo(times.waitingMsMean + minuteMs, 6);
    expect(times.leadMsP50).toBeLessThan(times.leadMsP90);
  });

  test('keeps half of the pipeline busy at half load, and sends back what is bad', () => {
    const teams = { ...calm, failureShare: 0.2, spanHours: 2000 };
    const { utilisation, livePerDay, changes } = simulateQueue(teams, serial);
    expect(utilisation).toBeCloseTo(0.5, 1);
    expect(changes.sentBack / changes.arrived).toBeCloseTo(0.2, 1);
    // 30 an hour for 24 hours, four of five of them good
    expect(livePerDay / 576).toBeCloseTo(1, 1);
  });

  test('has the 50th and 90th of a hundred lead times, not others', () => {
    // One change an hour seldom waits, so its lead time is one of 1 to 10 minutes, each as likely.
    const minutes = Array.from({ length: 10 }, (_, index) => (index + 1) * minuteMs);
    const rare = { ...calm, changesPerHour: 1, spanHours: 5000 };
    const times = timesOf(rare, { kind: 'serial', pipelineMs: minutes });
    expect(Math.abs(times.leadMsP50 / minuteMs - 5.5)).toBeLessThan(1);
    expect(Math.abs(times.leadMsP90 / minuteMs - 9.5)).toBeLessThan(1);
  });

  test('counts both pipelines of a coupled change as busy', () => {
    const teams = { ...calm, teams: 2, changesPerHour: 15 };
    const one = simulateQueue(teams, serial).utilisation;
    expect(simulateQueue(teams, each(1)).utilisation).toBeCloseTo(one, 9);
  });

  /** Of spans with a single change, the first in which it is as wanted. */
  const onlyChange = (teams: Teams, wanted: (change: Change) => boolean): Teams => {
    const seeds = Array.from({ length: 1000 }, (_, seed) => ({ ...teams, seed }));
    const found = seeds.find((seeded) => {
      const [first, second] = simulatedChanges(seeded);
      return first && !second && wanted(first);
    });
    if (!found) throw new Error('No seed makes such a change.');
    return found;
  };

  test('with only a bad change has no lead time', () => {
    const rare = { ...calm, changesPerHour: 0.1, spanHours: 10, failureShare: 0.5 };
    const { times, changes } = simulateQueue(
      onlyChange(rare, ({ bad, readyMs }) => bad && readyMs > 2 * hourMs && readyMs < 9 * hourMs),
      serial,
    );
    expect(changes).toMatchObject({ arrived: 1, sentBack: 1 });
    expect(times).toBe('nothing went live');
  });

  test('counts a change of the first tenth, but takes no time from it', () => {
    const rare = { ...calm, changesPerHour: 0.1, spanHours: 10 };
    const { times, changes } = simulateQueue(
      onlyChange(rare, ({ readyMs }) => readyMs < hourMs),
      serial,
    );
    expect(changes).toMatchObject({ arrived: 1, live: 1 });
    expect(times).toBe('nothing went live');
  });
});

test.each<[name: string, teams: Partial<Teams>, discipline: Discipline, words: string]>([
  ['no team', { teams: 0 }, serial, '1 to 50 teams'],
  ['51 teams', { teams: 51 }, serial, '1 to 50 teams'],
  ['no changes', { changesPerHour: 0 }, serial, 'changesPerHour'],
  ['only bad changes', { failureShare: 1 }, serial, 'failureShare'],
  ['an endless span', { spanHours: Number.POSITIVE_INFINITY }, serial, 'spanHours'],
  ['no duration', {}, { kind: 'serial', pipelineMs: [] }, 'durations'],
  ['half a batch', {}, { kind: 'merge queue', pipelineMs: [1], batch: 0.5 }, 'A batch'],
  ['a share of 30', {}, each(30), 'coupledShare'],
])('%s is refused by name', (_, teams, discipline, words) => {
  expect(() => simulateQueue({ ...calm, ...teams }, discipline)).toThrow(words);
});
