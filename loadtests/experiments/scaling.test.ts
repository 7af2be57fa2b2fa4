// experiments/scaling.test.ts: slopes, claims, drawings and sentence of E8 on figures made up by hand.
// Run by vitest; the rig itself is tried in scaling/copies.test.ts.
import { describe, expect, test } from 'vitest';
import { checkDefinition } from '../lab/definition.ts';
import { evaluate } from '../lab/evaluate.ts';
import type { Block, Sample } from '../lab/result.ts';
import { armOf, derived, predictedMb, predictedRps, type Shape } from './scaling/law.ts';
import { scaling } from './scaling.ts';

const { definition } = scaling;

type Made = readonly [shape: Shape, copies: number, throughputRps: number, rssMb: number];

const sampleOf = ([shape, copies, throughputRps, rssMb]: Made): Sample => ({
  arm: armOf(shape, copies),
  metrics: { throughputRps, rssMb, pssMb: rssMb / 2, cpuUsPerOp: 500, coreShare: 0.5 },
  doubts: [],
});

/** 75 MB a worker of 200 rps; 60 MB a replica of 200 rps beside 360 MB; no primary. */
const asPredicted: readonly Made[] = [1, 2, 4].flatMap((copies): Made[] => [
  ['monolith', copies, 200 * copies, 75 * copies],
  ['services', copies, 200 * copies, 360 + 60 * copies],
]);

/** Five workers' sizes: 800 rps of 1,600 with eight. */
const inFull: readonly Made[] = [
  ['monolith', 3, 600, 225],
  ...asPredicted,
  ['monolith', 8, 800, 5000],
];

function blockOf(made: readonly Made[], index = 0): Block {
  const samples = made.map(sampleOf);
  const all = [...samples, ...derived(samples)];
  return { index, order: [], samples: all, otherCpuRatio: 0, discarded: [] };
}

const blocksOf = (made: readonly Made[]) => [0, 1, 2, 3, 4, 5].map((at) => blockOf(made, at));

function statuses(blocks: readonly Block[]) {
  const { verdicts } = evaluate(definition, [], blocks, blocks.length);
  return Object.fromEntries(verdicts.map(({ hypothesis, status }) => [hypothesis, status]));
}

test('the definition is well formed', () => {
  expect(() => checkDefinition(definition)).not.toThrow();
});

test('six at a time for 20 ms are 300 operations a second for each copy', () => {
  expect([1, 2, 8].map(predictedRps)).toEqual([300, 600, 2400]);
  expect([predictedMb('monolith', 2), predictedMb('services', 2)]).toEqual([150, 480]);
});

describe('slopes', () => {
  const metricsOf = (made: readonly Made[], shape: Shape) =>
    derived(made.map(sampleOf)).find(({ arm }) => arm === shape)?.metrics;

  test('are for 100 operations a second: 75 MB for 200 are 37.5 MB', () => {
    const monolith = metricsOf(asPredicted, 'monolith');
    expect(monolith?.mbPer100Rps).toBeCloseTo(37.5, 9);
    expect(monolith?.pssMbPer100Rps).toBeCloseTo(18.75, 9);
    // 500 µs an operation.
    expect(monolith?.cpuMsPer100Rps).toBeCloseTo(50, 9);
    expect(monolith?.fixedMb).toBe(75);
    expect(metricsOf(asPredicted, 'services')).toMatchObject({ fixedMb: 420 });
  });

  test('leave out eight copies, the law does not: 800 rps of 1,600 are contention', () => {
    const monolith = metricsOf(inFull, 'monolith');
    expect(monolith?.mbPer100Rps).toBeCloseTo(37.5, 9);
    expect((monolith?.sigma ?? 0) + (monolith?.kappa ?? 0)).toBeGreaterThan(0.01);
    expect(monolith?.fitR2).toBeLessThan(1);
  });

  test('of four sizes there is no law, of two there is a price; of one there is neither', () => {
    for (const name of ['sigma', 'kappa', 'fitR2']) {
      expect(metricsOf(inFull.slice(1), 'monolith')).not.toHaveProperty(name);
      expect(metricsOf(asPredicted, 'services')).not.toHaveProperty(name);
    }
    const two = metricsOf(asPredicted.slice(0, 4), 'monolith');
    expect(two?.mbPer100Rps).toBeCloseTo(37.5, 9);
    expect(metricsOf(asPredicted.slice(0, 2), 'monolith')).toBeUndefined();
  });

  test('where PSS is not told, none is made up', () => {
    const samples = asPredicted
      .map(sampleOf)
      .map(({ metrics: { pssMb: _, ...metrics }, ...one }) => {
        return { ...one, metrics };
      });
    expect(derived(samples)[0]?.metrics).not.toHaveProperty('pssMbPer100Rps');
    expect(derived(samples)[0]?.metrics.mbPer100Rps).toBeCloseTo(37.5, 9);
  });

  test('a second measurement of the same arm does not weigh twice', () => {
    const again = { ...sampleOf(['monolith', 1, 10, 9000]), arm: 'monolith: 1 again' };
    const [monolith] = derived([...asPredicted.map(sampleOf), again]);
    expect(monolith?.metrics.mbPer100Rps).toBeCloseTo(37.5, 9);
  });
});

test('figures as predicted hold every claim', () => {
  expect(statuses(blocksOf(asPredicted))).toEqual({
    'doubles-monolith': 'held',
    'doubles-services': 'held',
    'small-saving': 'held',
    'dear-beginning': 'held',
    'way-through-the-gateway': 'held',
  });
});

test('workers that cost twice as much, or a second copy that brings little, refute', () => {
  const heavy = asPredicted.map(([shape, copies, rps, mb]): Made => {
    return [shape, copies, rps, shape === 'monolith' ? 2 * mb : mb];
  });
  expect(statuses(blocksOf(heavy))).toMatchObject({
    'small-saving': 'refuted',
    'dear-beginning': 'refuted',
  });
  const stuck = asPredicted.map(([shape, copies, , mb]): Made => [shape, copies, 200 + copies, mb]);
  expect(statuses(blocksOf(stuck))['doubles-services']).toBe('refuted');
});

test('one block is drawn beside what was predicted, and its numbers are in the sentence', () => {
  const blocks = [blockOf(asPredicted)];
  const evaluation = { ...evaluate(definition, [], blocks, 1), sentence: '' };
  const [throughput, memory, sizes] = scaling.figures(blocks, evaluation);
  for (const figure of [throughput, memory]) {
    const series = figure?.kind === 'lines' ? figure.panels.flatMap((panel) => panel.series) : [];
    expect(new Set(series.map(({ role }) => role))).toEqual(new Set(['predicted', 'measured']));
    const worker = series.find(({ name, role }) => name === 'monolith' && role === 'measured');
    expect(worker?.points).toHaveLength(3);
    expect(figure?.caption).toContain('simulated');
  }
  expect(sizes?.kind === 'table' && sizes.rows).toHaveLength(6);
  const said = scaling.sentence(evaluation, blocks);
  expect(said).toContain('37.5\u00a0MB as workers');
  expect(said).toContain('1.25×');
  expect(said).toContain('4 copies in the monolith used 50\u00a0% of the core');
});

test('five sizes are set beside a fit that says how good it is, three are not', () => {
  const evaluation = { ...evaluate(definition, [], [blockOf(inFull)], 1), sentence: '' };
  const figures = scaling.figures([blockOf(inFull)], evaluation);
  const [fit, ...more] = figures.filter(({ title }) => title.includes('fitted'));
  expect(more).toEqual([]);
  expect(fit?.title).toContain('monolith');
  expect(fit?.caption).toMatch(/σ = \S+, crosstalk κ = \S+, r² = 0\.\d+/);
  expect(fit?.kind === 'table' && [fit.head, fit.rows.length]).toEqual([
    ['', 'measured', 'fit'],
    5,
  ]);
  const [throughput] = figures;
  const series = throughput?.kind === 'lines' ? (throughput.panels[0]?.series ?? []) : [];
  expect(series.filter(({ role }) => role === 'predicted')).toHaveLength(1);
});

test('a block of one shape alone is drawn and told as well', () => {
  const blocks = [blockOf(asPredicted.filter(([shape]) => shape === 'services'))];
  const evaluation = { ...evaluate(definition, [], blocks, 1), sentence: '' };
  expect(scaling.figures(blocks, evaluation)).toHaveLength(4);
  expect(scaling.sentence(evaluation, blocks)).toContain('unknown');
});
