// lab/values.test.ts: values, ratios and shares of made-up blocks, worked by hand.
import { expect, test } from 'vitest';
import type { Block } from './result.ts';
import { pooledOf, ratiosOf, valuesOf } from './values.ts';

type Metrics = Readonly<Record<string, number>>;

function blockOf(samples: Readonly<Record<string, Metrics>>): Block {
  const all = Object.entries(samples).map(([arm, metrics]) => ({ arm, metrics, doubts: [] }));
  return { index: 0, order: [], samples: all, otherCpuRatio: 0, discarded: [] };
}

test('a ratio is taken where both arms have a value and the divisor is above 0', () => {
  const blocks = [
    blockOf({ new: { cost: 30 }, old: { cost: 20 } }),
    blockOf({ new: { cost: 30 } }),
    blockOf({ new: { cost: 30 }, old: { cost: 0 } }),
  ];
  expect(ratiosOf(blocks, 'cost', 'new', 'old')).toEqual([1.5]);
  expect(valuesOf(blocks, 'new', 'cost')).toEqual([30, 30, 30]);
});

test('a ratio of counts with trials is one of shares: 10 of 100 is twice 10 of 200', () => {
  const blocks = [
    blockOf({ new: { lost: 10, 'lost:trials': 100 }, old: { lost: 10, 'lost:trials': 200 } }),
    blockOf({ new: { lost: 0, 'lost:trials': 0 }, old: { lost: 10, 'lost:trials': 200 } }),
  ];
  expect(ratiosOf(blocks, 'lost', 'new', 'old')).toEqual([2]);
});

test('a share is pooled over blocks: successes of trials, not a mean of shares', () => {
  const blocks = [
    blockOf({ new: { lost: 10, 'lost:trials': 10 } }),
    blockOf({ new: { lost: 0, 'lost:trials': 90 } }),
  ];
  expect(pooledOf(blocks, 'new', 'lost')?.value).toBe(0.1);
});
