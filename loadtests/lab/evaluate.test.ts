// lab/evaluate.test.ts: verdicts, effects and validity against values worked by hand.
import { expect, test } from 'vitest';
import { type Definition, type Hypothesis, strictGate } from './definition.ts';
import { evaluate } from './evaluate.ts';
import type { Block } from './result.ts';
import type { Extent } from './unmeasured.ts';

const definition = (hypothesis: Partial<Hypothesis>): Definition => ({
  id: 'made-up',
  code: 'E99',
  title: 'Made up',
  question: 'Is it?',
  prediction: 'It is.',
  varies: ['nothing'],
  measures: ['a cost'],
  control: 'none',
  refutedBy: 'anything',
  doesNotShow: ['much'],
  metrics: { cost: { label: 'cost', unit: 'µs', better: 'lower' } },
  hypotheses: [{ id: 'h', text: 'H', metric: 'cost', arm: 'new', ...hypothesis }],
  gate: strictGate,
  blocks: { quick: 2, standard: 6, full: 10 },
});

const arms = [{ name: 'old' }, { name: 'again', twinOf: 'old' }, { name: 'new', versus: 'old' }];

/** Block i: old 100, again 100 × (1 ± 1 %), new as given. */
function blocksOf(costs: readonly number[], discarded: readonly string[] = []): Block[] {
  return costs.map((cost, index) => {
    const samples = [
      { arm: 'old', metrics: { cost: 100 }, doubts: [] },
      { arm: 'again', metrics: { cost: index % 2 === 0 ? 99 : 101 }, doubts: [] },
      { arm: 'new', metrics: { cost }, doubts: [] },
    ];
    return { index, order: ['old', 'again', 'new'], samples, otherCpuRatio: 0, discarded };
  });
}

// Six values: the 95 % rank interval of the median is the whole range (96.9 %).
const six = [120, 121, 122, 123, 124, 125];

const verdict = (hypothesis: Partial<Hypothesis>, blocks: readonly Block[]) =>
  evaluate(definition(hypothesis), arms, blocks, 6).verdicts[0];

test('a prediction holds when the whole interval is inside its bounds', () => {
  expect(verdict({ atMost: 125 }, blocksOf(six))).toMatchObject({
    status: 'held',
    measured: '123\u00a0µs (120–125\u00a0µs)',
    predicted: '≤\u00a0125\u00a0µs',
  });
});

test('it is refuted when the whole interval is outside, and open in between', () => {
  expect(verdict({ atMost: 119 }, blocksOf(six))?.status).toBe('refuted');
  expect(verdict({ atMost: 122 }, blocksOf(six))?.status).toBe('inconclusive');
});

test('five blocks decide nothing, however clear they look', () => {
  expect(verdict({ atMost: 1000 }, blocksOf(six.slice(0, 5)))?.status).toBe('inconclusive');
});

test('what was not measured is not applicable', () => {
  expect(verdict({ arm: 'elsewhere', atMost: 1 }, blocksOf(six))?.status).toBe('not applicable');
});

test('a ratio is taken block by block', () => {
  const ratio = verdict({ versus: 'old', atLeast: 1.2, atMost: 1.25 }, blocksOf(six));
  expect(ratio).toMatchObject({ status: 'held', measured: '1.23× (1.20–1.25×)' });
});

test('one block that breaks an invariant refutes it', () => {
  const every = { judge: 'every', invariant: true, atMost: 124 } as const;
  expect(verdict(every, blocksOf(six))).toMatchObject({ status: 'refuted', invariant: true });
  expect(verdict(every, blocksOf(six.slice(0, 5)))?.status).toBe('held');
});

test('an invariant that broke in a discarded block is broken; a prediction is not', () => {
  const blocks = [...blocksOf(six), ...blocksOf([9999], ['the machine was busy'])];
  const every = { judge: 'every', atMost: 125 } as const;
  expect(verdict({ ...every, invariant: true }, blocks)?.status).toBe('refuted');
  expect(verdict(every, blocks)?.status).toBe('held');
  const allDiscarded = blocksOf(six, ['the machine was busy']);
  expect(verdict({ ...every, invariant: true }, allDiscarded)?.status).toBe('held');
  expect(verdict(every, allDiscarded)?.status).toBe('inconclusive');
  expect(verdict({ ...every, arm: 'elsewhere' }, allDiscarded)?.status).toBe('not applicable');
});

test('a difference is claimed outside the A/A band only', () => {
  const effects = (costs: readonly number[]) =>
    evaluate(definition({}), arms, blocksOf(costs), 6).effects.find(({ arm }) => arm === 'new');
  expect(effects(six)).toMatchObject({ claim: 'higher', aa: { low: 0.99, high: 1.01 } });
  expect(effects([101, 102, 101, 102, 101, 102])?.claim).toBe('no difference shown');
  expect(effects(six.slice(0, 5))?.claim).toBe('not judged');
});

test('a twin is noise: it is not judged, and uneven twins are a reason to doubt', () => {
  const even = evaluate(definition({}), arms, blocksOf(six), 6);
  expect(even.effects.find(({ arm }) => arm === 'again')).toMatchObject({
    aa: null,
    claim: 'not judged',
  });
  expect(even.reasons).toEqual([]);
  const uneven = blocksOf(six).map((block) => ({
    ...block,
    samples: block.samples.map((sample) =>
      sample.arm === 'again' ? { ...sample, metrics: { cost: 105 } } : sample,
    ),
  }));
  const evaluation = evaluate(definition({}), arms, uneven, 6);
  expect(evaluation.valid).toBe(true);
  expect(evaluation.reasons).toEqual([
    'The A/A interval excludes 1: cost, again ÷ old, is 1.05× (1.05×).',
  ]);
});

test('an arm that no sample has is told, unless its target or a quick run left it out', () => {
  const extent = {
    platform: 'process',
    size: 'standard',
    targets: ['shop'],
    known: ['shop', 'shop-two'],
  } as const;
  const ran = (hypothesis: Partial<Hypothesis>, more: Partial<Extent> = {}) => {
    const found = evaluate(definition(hypothesis), arms, blocksOf(six), 6, { ...extent, ...more });
    return [found.verdicts[0]?.status, ...found.reasons];
  };
  const slip = { arm: 'shop: crsh', atMost: 1 };
  const told = 'No arm "shop: crsh" was measured, so h is not judged.';
  expect(ran(slip)).toEqual(['not applicable', told]);
  expect(ran({ arm: 'new', versus: 'odl' })[1]).toContain('No arm "odl"');
  expect(ran({ ...slip, invariant: true })).toEqual(['inconclusive', told]);
  expect(ran({ ...slip, onlyOn: 'compose' })).toEqual(['not applicable']);
  expect(ran({ ...slip, onlyOn: 'compose' }, { platform: 'compose' })[1]).toBe(told);
  expect(ran({ ...slip, invariant: true }, { size: 'quick' })[0]).toBe('inconclusive');
  for (const [left, more] of [
    [{ ...slip, arm: 'shop-two: crash', invariant: true }, {}],
    [{ ...slip, invariant: true, notInQuick: true }, { size: 'quick' }],
    [slip, { size: 'quick' }],
  ] as const)
    expect(ran(left, more)).toEqual(['not applicable']);
});

test('what was noted of an arm is told when it breaks an invariant', () => {
  const blocks = blocksOf([0, 1]).map((block) => ({
    ...block,
    samples: block.samples.map((sample) => ({ ...sample, notes: [`ord_${block.index} is gone`] })),
  }));
  const reasons = (atMost: number) =>
    evaluate(definition({ judge: 'every', invariant: true, atMost }), arms, blocks, 2).reasons;
  const short = expect.stringMatching(/^A short run, of 2 blocks:/);
  expect(reasons(0)).toEqual(['new: ord_0 is gone.', 'new: ord_1 is gone.', short]);
  expect(reasons(1)).toEqual([short]);
});

test('discarded blocks count for no prediction, only for the account of them', () => {
  const blocks = [...blocksOf(six), ...blocksOf([9999], ['the machine was busy'])];
  const evaluation = evaluate(definition({ atMost: 125 }), arms, blocks, 6);
  expect(evaluation).toMatchObject({ valid: true, accepted: 6, discarded: 1 });
  expect(evaluation.verdicts[0]?.status).toBe('held');
});

test('a run with too few accepted blocks is not valid, and says what was most often wrong', () => {
  const evaluation = evaluate(definition({}), arms, blocksOf(six, ['the machine was busy']), 6);
  expect(evaluation.valid).toBe(false);
  expect(evaluation.reasons).toEqual([
    'Only 0 of 6 blocks could be accepted. Most often: the machine was busy.',
  ]);
});

test('a pooled share has the interval of its trials', () => {
  const blocks = six.map((_, index) => ({
    index,
    order: [],
    samples: [{ arm: 'new', metrics: { cost: 5, 'cost:trials': 100 }, doubts: [] }],
    otherCpuRatio: 0,
    discarded: [],
  }));
  // 30 of 600: Wilson 3.53 % to 7.05 %.
  const pooled = verdict({ judge: 'pooled', atLeast: 0.03, atMost: 0.08 }, blocks);
  expect(pooled?.status).toBe('held');
  expect(evaluate(definition({}), arms, blocks, 6).summaries).toEqual([
    {
      arm: 'new',
      metric: 'cost',
      value: 0.05,
      low: expect.closeTo(0.0353, 3),
      high: expect.closeTo(0.0705, 3),
    },
  ]);
  expect(verdict({ judge: 'pooled', atLeast: 0.04, atMost: 0.08 }, blocks)?.status).toBe(
    'inconclusive',
  );
});
