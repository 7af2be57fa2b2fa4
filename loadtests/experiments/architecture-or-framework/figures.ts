// experiments/architecture-or-framework/figures.ts: ratios, the two by two and the sentence of E2.
// Called by architecture-or-framework.ts with the blocks that count; pure.
import type { Figure, IntervalRow, IntervalsFigure, TableFigure } from '../../lab/figure.ts';
import type { Block } from '../../lab/result.ts';
import { intervalOf, ratiosOf, valuesOf } from '../../lab/values.ts';
import { amount } from '../../lab/words.ts';
import { predictedOf } from './definition.ts';
import {
  AGAIN,
  armOf,
  type Comparison,
  comparisons,
  type Shape,
  type Thing,
  workloads,
} from './plan.ts';
import { rates } from './rates.ts';

const CPU = 'cpuUsPerRequest';
const loads = ['browse', 'checkout', 'mixed'] as const;

export function figuresOf(blocks: readonly Block[]): Figure[] {
  return [ratios(blocks), twoByTwo(blocks), rates(blocks)];
}

export function sentenceOf(_evaluation: unknown, blocks: readonly Block[]): string {
  const times = (name: string, thing: Thing) => {
    const found = comparisons.find((comparison) => comparison.name === name);
    return found === undefined ? '' : ratioText(blocks, found, thing);
  };
  return (
    `On trivial reads Express cost ${times(FRAMEWORK, 'browse')} the CPU of Fastify and services ` +
    `${times(ARCHITECTURE, 'browse')} that of a monolith on the same framework, so that the two ` +
    `as shipped differed by ${times('as shipped', 'browse')}; on checkouts it was ` +
    `${times(FRAMEWORK, 'checkout')}, ${times(ARCHITECTURE, 'checkout')} and ` +
    `${times('as shipped', 'checkout')}.`
  );
}

const FRAMEWORK = 'Express / Fastify, monolith';
const ARCHITECTURE = 'services / monolith, Fastify';

function ratios(blocks: readonly Block[]): IntervalsFigure {
  return {
    kind: 'intervals',
    title: 'What each difference costs in CPU',
    caption:
      'CPU per request of one shape divided by that of another, block by block: the median with ' +
      'its 95 % interval. A row changes one thing, but for “as shipped”, which changes both. The ' +
      'bars are what was predicted, the band is the monolith against itself. Interaction: services ' +
      '/ monolith on Express divided by the same on Fastify; at 1 the two effects multiply.',
    x: { label: 'ratio of CPU per request', unit: '×', log: true },
    neutral: 1,
    rows: loads.flatMap((thing) => [
      ...comparisons.flatMap((comparison) => ratioRow(blocks, comparison, thing)),
      ...interactionRow(blocks, thing),
    ]),
  };
}

function ratioRow(
  blocks: readonly Block[],
  { name, shape, versus }: Comparison,
  thing: Thing,
): IntervalRow[] {
  const [arm, against] = [armOf(shape, thing), armOf(versus, thing)];
  const found = ratiosOf(blocks, CPU, arm, against);
  if (found.length === 0) return [];
  return [
    {
      label: `${thing}: ${name}`,
      ...intervalOf(found),
      ...predictedOf(arm, against),
      ...noiseOf(blocks, thing),
    },
  ];
}

/** The monolith against itself: the noise of every ratio of this load. */
function noiseOf(blocks: readonly Block[], thing: Thing): Pick<IntervalRow, 'aa'> {
  const again = ratiosOf(blocks, CPU, armOf(AGAIN, thing), armOf('monolith', thing));
  if (again.length === 0) return {};
  const { low, high } = intervalOf(again);
  return low === null || high === null ? {} : { aa: { low, high } };
}

function interactionRow(blocks: readonly Block[], thing: Thing): IntervalRow[] {
  const arm = `interaction: ${thing}`;
  const found = valuesOf(blocks, arm, 'interaction');
  if (found.length === 0) return [];
  return [{ label: `${thing}: interaction`, ...intervalOf(found), ...predictedOf(arm) }];
}

function twoByTwo(blocks: readonly Block[]): TableFigure {
  const rateOf = (thing: (typeof loads)[number]) => `${workloads[thing].rateRps}/s`;
  return {
    kind: 'table',
    title: 'The two by two',
    caption:
      'CPU per request of all processes of a shape, median over the blocks, at the same open-loop ' +
      `rate for all: ${loads.map((thing) => `${thing} ${rateOf(thing)}`).join(', ')}. At the right ` +
      'and below the ratios; in the corner the interaction.',
    head: ['', 'Express', 'Fastify', 'Express / Fastify'],
    rows: loads.flatMap((thing) => {
      const cost = (shape: Shape) => text(valuesOf(blocks, armOf(shape, thing), CPU), 'µs');
      const [monoliths, services, express, fastify] = comparisons.map((comparison) =>
        ratioText(blocks, comparison, thing),
      );
      const corner = text(valuesOf(blocks, `interaction: ${thing}`, 'interaction'), '×');
      return [
        [`${thing}: monolith`, cost('monolith'), cost('monolith-on-fastify'), monoliths ?? ''],
        [`${thing}: services`, cost('services-on-express'), cost('microservices'), services ?? ''],
        [`${thing}: services / monolith`, express ?? '', fastify ?? '', corner],
      ];
    }),
  };
}

function ratioText(blocks: readonly Block[], { shape, versus }: Comparison, thing: Thing): string {
  return text(ratiosOf(blocks, CPU, armOf(shape, thing), armOf(versus, thing)), '×');
}

/** A dash where nothing was measured. */
function text(values: readonly number[], unit: string): string {
  return values.length === 0 ? '–' : amount(intervalOf(values).value, unit);
}
