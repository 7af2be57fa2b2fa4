// experiments/calibration/claims.test.ts: the small runs claim what was planted, and nothing else.
import { expect, test } from 'vitest';
import type { Block } from '../../lab/result.ts';
import { claimVerdicts, RUNS_WANTED, runsOf, SMALL_RUN } from './claims.ts';

const noise = [0.98, 1.01, 0.99, 1.02, 1, 1.01];

function blockOf(index: number, planted: number): Block {
  const value = (arm: string, cpuUsPerRequest: number) => ({
    arm,
    metrics: { cpuUsPerRequest },
    doubts: [],
  });
  const wobble = (shift: number) => noise[(index + shift) % noise.length] ?? 1;
  const samples = [
    value('target', 100),
    value('again', 100 * wobble(0)),
    value('same', 100 * wobble(1)),
    value('planted', 100 * planted * wobble(2)),
  ];
  return { index, order: [], samples, otherCpuRatio: 0, discarded: [] };
}

const blocks = (count: number, planted: number) =>
  Array.from({ length: count }, (_, index) => blockOf(index, planted));

test('a fifth more is found in every small run, and nothing is claimed of nothing', () => {
  expect(runsOf(blocks(2 * SMALL_RUN, 1.2))).toEqual({ runs: 2, claimedOfNothing: 0, found: 2 });
});

test('what is within the noise is not found', () => {
  expect(runsOf(blocks(SMALL_RUN, 1.005))).toEqual({ runs: 1, claimedOfNothing: 0, found: 0 });
});

test('blocks that fill no run are left over', () => {
  expect(runsOf(blocks(SMALL_RUN - 1, 1.2)).runs).toBe(0);
});

test('twenty small runs decide, fewer do not', () => {
  const statuses = (count: number, planted: number) =>
    claimVerdicts(blocks(count * SMALL_RUN, planted)).map(({ status }) => status);
  expect(statuses(RUNS_WANTED, 1.2)).toEqual(['held', 'held']);
  expect(statuses(RUNS_WANTED, 1.005)).toEqual(['held', 'refuted']);
  expect(statuses(RUNS_WANTED - 1, 1.2)).toEqual(['inconclusive', 'inconclusive']);
});

test('two claims of nothing in twenty runs refute', () => {
  const honest = blocks(RUNS_WANTED * SMALL_RUN, 1.2);
  const shifted = honest.map((block, at) => ({
    ...block,
    samples: block.samples.map((sample) =>
      sample.arm === 'same' && at < 2 * SMALL_RUN
        ? { ...sample, metrics: { cpuUsPerRequest: 150 } }
        : sample,
    ),
  }));
  expect(claimVerdicts(shifted)[0]).toMatchObject({
    status: 'refuted',
    measured: '2 of 20 small runs',
  });
});
