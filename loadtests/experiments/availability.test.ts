// experiments/availability.test.ts: the claims, drawings and sentence of E6 on counts made up by hand.
import { expect, test } from 'vitest';
import { evaluate } from '../lab/evaluate.ts';
import type { Block } from '../lab/result.ts';
import { claims, independentCheckout } from './availability/claims.ts';
import { figuresOf } from './availability/figures.ts';
import { sampleOf } from './availability/law.ts';
import { availability, heldAgainst } from './availability.ts';

const { definition } = availability;
const shop = { shape: 'monolith' };
const checkout = sampleOf('microservices', independentCheckout(3, 20));

function blockOf(
  counts: Readonly<Record<string, readonly [failed: number, trials: number]>>,
): Block {
  const samples = Object.entries(counts).map(([arm, [failed, trials]]) => ({
    arm,
    metrics: { failed, 'failed:trials': trials },
    doubts: [],
  }));
  return { index: 0, order: [], samples, otherCpuRatio: 0, discarded: [] };
}

function verdictOn(failed: number) {
  const { verdicts } = evaluate(definition, [], [blockOf({ [checkout]: [failed, 4000] })], 1);
  return verdicts.find(({ hypothesis }) => hypothesis === 'microservices-checkout-3-20')?.status;
}

test('every claim has a name of its own', () => {
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
});

const outage = sampleOf('monolith', {
  ...independentCheckout(5, 20),
  journey: 'page',
  cause: 'common',
});

test.each([
  [{ apart: 0, saved: 0 }, 'held', 'held'],
  [{ apart: 1, saved: 0 }, 'refuted', 'held'],
  [{ apart: 0, saved: 1 }, 'held', 'refuted'],
])(
  'of a common cause, %j makes it %s that all fail together and %s that nobody is saved',
  (metrics, together, nobody) => {
    const block = { ...blockOf({}), samples: [{ arm: outage, metrics, doubts: [] }] };
    const { verdicts } = evaluate(definition, [], [block], 1);
    const status = (claim: string) =>
      verdicts.find(({ hypothesis }) => hypothesis === `monolith-page-5-20-common-${claim}`)
        ?.status;
    expect([status('together'), status('saves-nobody')]).toEqual([together, nobody]);
  },
);

test('how many a common cause hits is drawn by the lab, so nothing is claimed of it', () => {
  const shares = claims.filter(({ metric }) => metric === 'failed').map(({ arm }) => arm);
  expect(shares.filter((arm) => arm.includes('common'))).toEqual([]);
  expect(shares).toContain(checkout);
});

test('each sample of an arm is held against the same one of the services', () => {
  const measure = async () => [];
  const parts = [{ name: 'monolith, page: 5 needed, once' }];
  const arm = heldAgainst('microservices', { name: 'monolith, page', parts, measure }, shop);
  expect(arm.parts).toEqual([
    { name: 'monolith, page: 5 needed, once', versus: 'microservices, page: 5 needed, once' },
  ]);
});

test('1,952 of 4,000 is the law’s 48.8 %, 800 a common cause, and 2,400 a sum of chances', () => {
  expect(verdictOn(1952)).toBe('held');
  expect(verdictOn(800)).toBe('refuted');
  expect(verdictOn(2400)).toBe('refuted');
});

test('one block is drawn as customers served, beside a predicted line', () => {
  const [figure] = figuresOf([blockOf({ [checkout]: [100, 400] })], ['microservices']);
  const series = figure?.panels[1]?.series ?? [];
  const measured = series.filter(({ role }) => role === 'measured');
  expect(measured).toHaveLength(1);
  expect(measured[0]?.points).toMatchObject([{ x: 3, y: 0.75 }]);
  const { low = 1, high = 0 } = measured[0]?.points[0] ?? {};
  expect([low < 0.75, high > 0.75]).toEqual([true, true]);
  // 0.8, 0.64, …
  expect(series[0]?.points[1]?.y).toBeCloseTo(0.64, 9);
});

test('the sentence has both shapes, and says so where one was left out', () => {
  const blocks = [blockOf({ [checkout]: [195, 400] })];
  const { sentence } = availability;
  const said = sentence({ ...evaluate(definition, [], blocks, 1), sentence: '' }, blocks);
  expect(said).toContain('48.8\u00a0% of checkouts failed in the services');
  expect(said).toContain('an unknown share in the monolith');
});
