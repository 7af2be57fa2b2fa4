// experiments/architecture-or-framework/rates.ts: the highest rates of E2, of which some are only bounds.
// Drawn for figures.ts; pure.
import type { IntervalRow, IntervalsFigure } from '../../lab/figure.ts';
import { overshoot, rpsAt } from '../../lab/ramp.ts';
import type { Block, Interval } from '../../lab/result.ts';
import { intervalOf, valuesOf } from '../../lab/values.ts';
import { amount } from '../../lab/words.ts';
import { predictedOf } from './definition.ts';
import { armOf, KEPT, ramp, type Shape, SLO_MS, shapes } from './plan.ts';

/**
 * What a ramp that ended with the SLO kept proves, requests a second: a queue that has not formed by
 * then may have begun to. No other ramp can yield more.
 */
export const SURE_RPS = rpsAt(ramp, ramp.lengthMs) / overshoot(ramp, SLO_MS);

/** Such a ramp in the ranks. Infinity is meant, which is no measurement to the statistics. */
const ABOVE_EVERY_OTHER = Number.MAX_VALUE;

const SURE = amount(Math.floor(SURE_RPS), 'rps');

export function rates(blocks: readonly Block[]): IntervalsFigure {
  const counts = shapes.map((shape) => {
    const all = ranked(blocks, shape);
    const kept = all.filter(isBound).length;
    return `${shape} ${all.length - kept} left it, ${kept} did not`;
  });
  return {
    kind: 'intervals',
    title: `The highest rate of trivial reads with p99 < ${SLO_MS} ms, on one core`,
    caption:
      'By a rate that grows until the SLO is left, corrected for what it grows while the queue ' +
      'forms: the median with its 95 % interval. A ramp that ended with the SLO kept ranks above ' +
      `every other: “more than ${SURE}” is about the most that one generator can show. The bars are ` +
      'what was predicted from the rate on Express. ' +
      `Of ${blocks.length} ramps each: ${counts.join('; ')}; in the rest the generator was late.`,
    x: { label: 'requests a second', unit: 'rps', log: true },
    neutral: null,
    rows: shapes.flatMap((shape) => rateRow(blocks, shape)),
  };
}

/** Every ramp that says something. */
function ranked(blocks: readonly Block[], shape: Shape): number[] {
  const arm = armOf(shape, 'highest rate');
  return blocks.flatMap((block) => {
    const [kept] = valuesOf([block], arm, KEPT);
    if (kept === undefined) return [];
    return kept === 1 ? [ABOVE_EVERY_OTHER] : valuesOf([block], arm, 'highestRps');
  });
}

const isBound = (rps: number) => rps > SURE_RPS;

function rateRow(blocks: readonly Block[], shape: Shape): IntervalRow[] {
  const all = ranked(blocks, shape);
  if (all.length === 0) return [];
  const found = intervalOf(all);
  const known = (rps: number | null) => rps && Math.min(rps, SURE_RPS);
  return [
    {
      label: `${shape}${boundsIn(found)}`,
      value: Math.min(found.value, SURE_RPS),
      low: known(found.low),
      high: known(found.high),
      ...predictedRate(blocks, shape),
    },
  ];
}

/** Which of the figures in a row are bounds, in words; a drawing cannot go beyond them. */
function boundsIn({ value, low, high }: Interval): string {
  const names = [
    [value, 'median'],
    [low, 'lower end'],
    [high, 'upper end'],
  ] as const;
  const bounds = names.filter(([rps]) => rps !== null && isBound(rps)).map(([, name]) => name);
  const words = new Intl.ListFormat('en-GB').format(bounds);
  return words === '' ? '' : `: ${words} more than ${SURE}`;
}

function predictedRate(blocks: readonly Block[], shape: Shape): Pick<IntervalRow, 'predicted'> {
  const versus = 'services-on-express';
  const base = ranked(blocks, versus);
  const { predicted } = predictedOf(armOf(shape, 'highest rate'), armOf(versus, 'highest rate'));
  if (predicted === undefined || base.length === 0) return {};
  const { value } = intervalOf(base);
  if (isBound(value)) return {};
  const times = (bound: number | null) => bound && bound * value;
  return { predicted: { low: times(predicted.low), high: times(predicted.high) } };
}
