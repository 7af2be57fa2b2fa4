// experiments/calibration/around-the-fault.test.ts: windows fall on the side of the fault they were on.
import { expect, test } from 'vitest';
import { aroundTheFault } from './around-the-fault.ts';

const windows = (...all: readonly (readonly [arm: string, cpuUsPerRequest: number])[]) =>
  all.map(([arm, cpuUsPerRequest]) => ({ arm, metrics: { cpuUsPerRequest }, doubts: [] }));

test('two windows before and one after', () => {
  const block = windows(['same', 100], ['target', 110], ['planted', 140], ['again', 120]);
  const load = { arm: 'the load', metrics: {}, doubts: [] };
  expect(aroundTheFault([...block, load])).toMatchObject([
    { arm: 'before the fault', metrics: { cpuUsPerRequest: 105 } },
    { arm: 'after the heal', metrics: { cpuUsPerRequest: 120 } },
  ]);
});

test('a fault at either end of the block has one side only, and is left out', () => {
  expect(aroundTheFault(windows(['planted', 140], ['target', 100]))).toEqual([]);
  expect(aroundTheFault(windows(['target', 100], ['planted', 140]))).toEqual([]);
});
