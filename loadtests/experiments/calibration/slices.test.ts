// experiments/calibration/slices.test.ts: turns are fair, and an arm is the mean of its slices.
import { expect, test } from 'vitest';
import { AFTER, BEFORE, meansByArm, roundsAt, type Slice, turns } from './slices.ts';

test('an arm gets 4,000 requests where they take three to six seconds', () => {
  expect([300, 700, 1000, 1300, 3000].map(roundsAt)).toEqual([12, 12, 8, 7, 6]);
});

test('each round holds each arm once, the rounds in orders of their own', () => {
  const all = turns(12, 7);
  expect(turns(12, 7)).toEqual(all);
  expect([all.slice(0, 2), all.slice(-2)]).toEqual([
    [BEFORE, BEFORE],
    [AFTER, AFTER],
  ]);
  const rounds = Array.from({ length: 12 }, (_, round) => all.slice(4 * round + 2, 4 * round + 6));
  for (const round of rounds)
    expect(round.toSorted()).toEqual(['again', 'planted', 'same', 'target']);
  expect(new Set(rounds.map(String)).size).toBeGreaterThan(1);
});

test('an arm is the mean of its slices', () => {
  const slices: Slice[] = [
    { arm: 'same', cpuUsPerRequest: 100 },
    { arm: 'planted', cpuUsPerRequest: 140 },
    { arm: 'planted', cpuUsPerRequest: 160 },
    { arm: 'same', cpuUsPerRequest: 120 },
  ];
  expect(meansByArm(slices)).toMatchObject([
    { arm: 'same', metrics: { cpuUsPerRequest: 110 } },
    { arm: 'planted', metrics: { cpuUsPerRequest: 150 } },
  ]);
});
