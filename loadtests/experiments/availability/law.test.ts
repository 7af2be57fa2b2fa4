// experiments/availability/law.test.ts: the law of chance, held to shares worked by hand.
import { expect, test } from 'vitest';
import { failureOf, type Situation, sampleOf, toleranceOf } from './law.ts';

const checkout: Situation = {
  journey: 'checkout',
  needed: 3,
  percent: 20,
  cause: 'independent',
  policy: 'once',
};

test.each([
  // 1 − 0.8³ = 1 − 0.512
  [{}, 0.488],
  [{ needed: 1 }, 0.2],
  // 1 − 0.95² = 1 − 0.9025
  [{ needed: 2, percent: 5 }, 0.0975],
  // 1 − 0.96³ = 1 − 0.884736
  [{ policy: 'second try' }, 0.115264],
  // 1 − 0.96 · 0.8 · 0.8 = 1 − 0.6144: only the first step is tried twice
  [{ policy: 'same key again' }, 0.3856],
  [{ policy: 'same key again', needed: 1 }, 0.04],
  // 0.488²: the whole checkout is tried twice
  [{ policy: 'new key once rejected' }, 0.238144],
] as const)('of checkouts that need three at 20 %%, but for %j, %d fail', (change, share) => {
  expect(failureOf({ ...checkout, ...change })).toBeCloseTo(share, 9);
});

test.each([1, 3, 5])('a common cause takes its own share, whether %i services are needed', (n) => {
  for (const policy of ['once', 'second try'] as const)
    expect(failureOf({ ...checkout, cause: 'common', needed: n, policy })).toBe(0.2);
});

test('a share of 20 % may be off by 5 · √(0.16 / 4000) = 3.16 points in 4,000 customers', () => {
  expect(toleranceOf(0.2, 4000)).toBeCloseTo(0.031623, 6);
});

test('situations that fail differently are counted apart', () => {
  const policies = ['once', 'same key again', 'new key once rejected'] as const;
  const samples = policies.map((policy) => sampleOf('monolith', { ...checkout, policy }));
  expect(samples[0]).toBe('monolith, checkout of 3, 20 %, independent');
  expect(new Set(samples).size).toBe(3);
});
