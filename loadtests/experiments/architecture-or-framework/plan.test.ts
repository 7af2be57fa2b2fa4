// experiments/architecture-or-framework/plan.test.ts: the two by two, worked by hand.
import { describe, expect, test } from 'vitest';
import { checkDefinition } from '../../lab/definition.ts';
import { evaluate } from '../../lab/evaluate.ts';
import { labTargets } from '../../lab/lab-targets.ts';
import type { Block, Evaluation, Sample } from '../../lab/result.ts';
import { definition } from './definition.ts';
import { figuresOf, sentenceOf } from './figures.ts';
import { AGAIN, armOf, comparisons, interactions, KEPT, shapes, type Thing } from './plan.ts';
import { rates as ratesOf, SURE_RPS } from './rates.ts';

/** A hop of 500 µs, Express 400 µs, Fastify 100 µs: what the formula of the definition says of it. */
const browse = {
  monolith: 400,
  [AGAIN]: 404,
  'monolith-on-fastify': 100,
  'services-on-express': 900,
  microservices: 600,
};

function samplesOf(costs: Readonly<Record<string, number>>, thing: Thing): Sample[] {
  return Object.entries(costs).map(([shape, cpuUsPerRequest]) => ({
    arm: armOf(shape, thing),
    metrics: { cpuUsPerRequest },
    doubts: [],
  }));
}

const rateOf = (shape: string, metrics: Sample['metrics']): Sample => ({
  arm: armOf(shape, 'highest rate'),
  metrics,
  doubts: [],
});
const rates = [
  rateOf('monolith', { [KEPT]: 1 }),
  rateOf('monolith-on-fastify', {}),
  rateOf('services-on-express', { [KEPT]: 0, highestRps: 1000 }),
  rateOf('microservices', { [KEPT]: 0, highestRps: 1500 }),
];

function blockOf(index: number): Block {
  const samples = [...samplesOf(browse, 'browse'), ...rates];
  const derived = [...samples, ...interactions(samples)];
  return { index, order: [], samples: derived, otherCpuRatio: 0, discarded: [] };
}

const nothing = {} as Evaluation;

test('the definition is well formed, and names shapes that exist', () => {
  checkDefinition(definition);
  for (const shape of shapes) expect(labTargets(3000)).toHaveProperty(shape);
});

test('a comparison changes one thing, or says that it changes both', () => {
  const framework = { monolith: 'E', 'services-on-express': 'E' } as Record<string, string>;
  const architecture = { monolith: 1, 'monolith-on-fastify': 1 } as Record<string, number>;
  for (const { shape, versus, of } of comparisons) {
    expect(framework[shape] !== framework[versus]).toBe(of !== 'architecture');
    expect(architecture[shape] !== architecture[versus]).toBe(of !== 'framework');
  }
});

test('the interaction is (1 + h/E)/(1 + h/F) where a hop costs the same on both', () => {
  const [found, ...others] = interactions(samplesOf(browse, 'browse'));
  expect(found?.metrics.interaction).toBeCloseTo((1 + 500 / 400) / (1 + 500 / 100), 9);
  expect(others).toEqual([]);
});

test('without one of the four there is no interaction', () => {
  const { monolith: _, ...three } = browse;
  expect(interactions(samplesOf(three, 'browse'))).toEqual([]);
});

test('a framework of four times and an interaction below one hold', () => {
  const blocks = Array.from({ length: 6 }, (_, index) => blockOf(index));
  const { verdicts } = evaluate(definition, [], blocks, 6);
  const status = (id: string) => verdicts.find(({ hypothesis }) => hypothesis === id)?.status;
  expect(status('framework-browse')).toBe('held');
  expect(status('interaction-browse')).toBe('held');
  expect(status('framework-checkout')).toBe('not applicable');
});

describe('the report', () => {
  test('sets framework, architecture and both beside each other', () => {
    expect(sentenceOf(nothing, [blockOf(0)])).toContain(
      'Express cost 4× the CPU of Fastify and services 6× that of a monolith on the same ' +
        'framework, so that the two as shipped differed by 1.50×',
    );
  });

  test('draws what one block has, and no more', () => {
    const [ratios, table] = figuresOf([blockOf(0)]);
    expect(ratios?.kind === 'intervals' && ratios.rows.map(({ label }) => label)).toEqual([
      ...comparisons.map(({ name }) => `browse: ${name}`),
      'browse: interaction',
    ]);
    expect(table?.kind === 'table' && table.rows.slice(0, 3)).toEqual([
      ['browse: monolith', '400\u00a0µs', '100\u00a0µs', '4×'],
      ['browse: services', '900\u00a0µs', '600\u00a0µs', '1.50×'],
      ['browse: services / monolith', '2.25×', '6×', '0.375×'],
    ]);
  });

  test('gives a bound where the SLO was kept to the end, and no row where nothing is known', () => {
    const [, , figure] = figuresOf([blockOf(0)]);
    expect(figure?.kind === 'intervals' && figure.rows).toEqual([
      {
        label: 'monolith: median more than 5,835\u00a0rps',
        value: SURE_RPS,
        low: null,
        high: null,
      },
      { label: 'services-on-express', value: 1000, low: null, high: null },
      {
        label: 'microservices',
        value: 1500,
        low: null,
        high: null,
        predicted: { low: 1000, high: 4000 },
      },
    ]);
  });

  const kept = { [KEPT]: 1 };
  const left = (highestRps: number) => ({ [KEPT]: 0, highestRps });
  const late = {};
  const six = [left(3000), left(1000), left(2000), left(4000), left(5000), left(1500)];
  const more = 'more than 5,835\u00a0rps';
  test.each([
    ['no ramp kept the SLO', six, '', [2500, 1000, 5000]],
    ['one of seven did', [...six, kept], `: upper end ${more}`, [3000, 1000, SURE_RPS]],
    [
      'most did',
      [left(3000), kept, kept, kept, left(4000), kept],
      `: median and upper end ${more}`,
      [SURE_RPS, 3000, SURE_RPS],
    ],
    [
      'half did, and the middle is between a value and a bound',
      [left(3000), kept, left(2000), kept, left(4000), kept],
      `: median and upper end ${more}`,
      [SURE_RPS, 2000, SURE_RPS],
    ],
    [
      'all did',
      [kept, kept, kept, kept, kept, kept, late],
      `: median, lower end and upper end ${more}`,
      [SURE_RPS, SURE_RPS, SURE_RPS],
    ],
  ])('ranks a ramp that kept the SLO above every other where %s', (_, ramps, words, drawn) => {
    const blocks = ramps.map((metrics, index) => ({
      ...blockOf(index),
      samples: [rateOf('monolith', metrics)],
    }));
    const [value, low, high] = drawn;
    expect(ratesOf(blocks).rows).toEqual([{ label: `monolith${words}`, value, low, high }]);
  });

  test('survives a run without the monolith', () => {
    const samples = samplesOf({ microservices: 600 }, 'browse');
    const block = { index: 0, order: [], samples, otherCpuRatio: 0, discarded: [] };
    expect(figuresOf([block])).toHaveLength(3);
    expect(sentenceOf(nothing, [block])).toContain('–');
  });
});
