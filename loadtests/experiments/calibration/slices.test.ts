// experiments/calibration/slices.test.ts: turns are fair; slices lie on the side of the fault they were on.
import { expect, test } from 'vitest';
import { ARMS, aroundFaults, meansByArm, roundsAt, type Slice, turns } from './slices.ts';

const slices = (...all: readonly (readonly [arm: Slice['arm'], cpuUsPerRequest: number])[]) =>
  all.map(([arm, cpuUsPerRequest]) => ({ arm, cpuUsPerRequest }));

test('an arm gets 4,000 requests, and three seconds at least', () => {
  expect([500, 1000, 1300, 3000].map(roundsAt)).toEqual([16, 8, 7, 6]);
});

test('each round holds each arm once, the rounds in orders of their own', () => {
  const all = turns(12, 7);
  const rounds = Array.from({ length: 12 }, (_, round) => all.slice(4 * round, 4 * round + 4));
  for (const round of rounds) expect(round.toSorted()).toEqual([...ARMS].toSorted());
  expect(new Set(rounds.map(String)).size).toBeGreaterThan(1);
  expect(turns(12, 7)).toEqual(all);
});

test('an arm is the mean of its slices', () => {
  const two = slices(['same', 100], ['target', 110], ['planted', 140], ['again', 120]);
  const more = slices(['same', 120], ['target', 130], ['planted', 160], ['again', 140]);
  expect(meansByArm([...two, ...more])).toMatchObject([
    { arm: 'target', metrics: { cpuUsPerRequest: 120 } },
    { arm: 'again', metrics: { cpuUsPerRequest: 130 } },
    { arm: 'same', metrics: { cpuUsPerRequest: 110 } },
    { arm: 'planted', metrics: { cpuUsPerRequest: 150 } },
  ]);
});

test('what was just before a fault is held against what came just after it', () => {
  const first = slices(['again', 500], ['same', 100], ['planted', 140], ['target', 120]);
  const second = slices(['same', 104], ['planted', 140], ['target', 124], ['again', 500]);
  expect(aroundFaults([...first, ...second])).toMatchObject([
    { arm: 'before the fault', metrics: { cpuUsPerRequest: 102 } },
    { arm: 'after the heal', metrics: { cpuUsPerRequest: 122 } },
  ]);
});

test('a fault beside another, or at the end of the block, has one side only and is left out', () => {
  expect(aroundFaults(slices(['planted', 140], ['target', 100]))).toEqual([]);
  expect(aroundFaults(slices(['target', 100], ['planted', 140]))).toEqual([]);
  expect(
    aroundFaults(slices(['target', 100], ['planted', 140], ['planted', 140], ['again', 100])),
  ).toEqual([]);
});
