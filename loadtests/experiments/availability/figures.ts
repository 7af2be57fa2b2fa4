// experiments/availability/figures.ts: availability over the number of services, on the law's curves.
// Drawn for experiments/availability.ts; all pure.
import type { LinesFigure, Point, Series } from '../../lab/figure.ts';
import type { Block } from '../../lab/result.ts';
import { valuesOf } from '../../lab/values.ts';
import { binomialInterval } from '../../statistics/share-interval.ts';
import { checkoutFeatures, percents } from './arms.ts';
import { pageFeatures } from './customers.ts';
import { failureOf, type Situation, sampleOf } from './law.ts';

/** A share that was counted, 0–1, with its 95 % interval after Wilson; undefined: not counted. */
export function failedShare(blocks: readonly Block[], sample: string) {
  const failed = sum(valuesOf(blocks, sample, 'failed'));
  const trials = sum(valuesOf(blocks, sample, 'failed:trials'));
  return trials === 0 ? undefined : { value: failed / trials, ...binomialInterval(failed, trials) };
}

/** What a line is of: it runs through the situations for each number of services. */
type Line = Pick<Situation, 'journey' | 'cause' | 'policy'> & { readonly name: string };

interface Chart {
  readonly title: string;
  readonly caption: string;
  readonly predicted: readonly Line[];
  /** Once for each shape. */
  readonly measured: readonly Line[];
}

const page = { journey: 'page', cause: 'independent', policy: 'once' } as const;
const pageTwice = { ...page, policy: 'second try' } as const;
const checkout = { journey: 'checkout', cause: 'independent', policy: 'once' } as const;
const sameKey = { ...checkout, policy: 'same key again' } as const;
const newKey = { ...checkout, policy: 'new key once rejected' } as const;
const common = { cause: 'common' } as const;

const charts: readonly Chart[] = [
  {
    title: 'All that is needed must work',
    caption:
      'Dashed: (1−p)ⁿ when each service fails for itself, 1−p when one cause takes all of them; who ' +
      'comes while it lasts is drawn by the lab, so its share is no finding. Faults are injected ' +
      '(simulated); the requests they fail are real.',
    predicted: [
      { ...page, name: 'independent: (1−p)ⁿ' },
      { ...page, ...common, name: 'one common cause: 1−p' },
    ],
    measured: [
      { ...checkout, name: 'checkout' },
      { ...page, name: 'page' },
      { ...page, ...common, name: 'page, common cause' },
    ],
  },
  {
    title: 'A second try helps against chance, not against a common cause',
    caption:
      'A page; each request that failed is sent once more. Dashed: (1−p²)ⁿ, and 1−p for a cause ' +
      'that outlasts the second try.',
    predicted: [
      { ...pageTwice, name: 'independent: (1−p²)ⁿ' },
      { ...pageTwice, ...common, name: 'one common cause: 1−p' },
    ],
    measured: [
      { ...pageTwice, name: 'page' },
      { ...pageTwice, ...common, name: 'page, common cause' },
    ],
  },
  {
    title: 'Trying a checkout again',
    caption:
      'With the same key a rejected order is answered as before; a new key begins anew. Dashed: ' +
      '(1−p²)(1−p)ⁿ⁻¹ and 1−(1−(1−p)ⁿ)².',
    predicted: [
      { ...sameKey, name: 'same key: (1−p²)(1−p)ⁿ⁻¹' },
      { ...newKey, name: 'new key: 1−(1−(1−p)ⁿ)²' },
    ],
    measured: [
      { ...sameKey, name: 'same key' },
      { ...newKey, name: 'new key' },
    ],
  },
];

export function figuresOf(blocks: readonly Block[], shapes: readonly string[]): LinesFigure[] {
  return charts.map(({ title, caption, predicted, measured }) => ({
    kind: 'lines',
    title,
    caption: `${caption} Bars are 95 % intervals (Wilson) of all customers counted.`,
    x: { label: 'services needed', unit: '' },
    y: { label: 'customers served', unit: '%' },
    panels: percents.map((percent) => ({
      title: `p = ${percent} %`,
      series: [
        ...predicted.map((line) => predictedSeries(line, percent)),
        ...measured.flatMap((line) =>
          shapes.flatMap((shape) => measuredSeries(blocks, shape, line, percent)),
        ),
      ],
    })),
  }));
}

function predictedSeries(line: Line, percent: number): Series {
  const points = numbersOf(line).map((needed) => ({
    x: needed,
    y: 1 - failureOf({ ...line, needed, percent }),
  }));
  return { name: line.name, role: 'predicted', points };
}

/** No series where nothing was counted: a shape that was left out. */
function measuredSeries(
  blocks: readonly Block[],
  shape: string,
  line: Line,
  percent: number,
): Series[] {
  const points = numbersOf(line).flatMap((needed): Point[] => {
    const found = failedShare(blocks, sampleOf(shape, { ...line, needed, percent }));
    if (found === undefined) return [];
    return [{ x: needed, y: 1 - found.value, low: 1 - found.high, high: 1 - found.low }];
  });
  return points.length === 0 ? [] : [{ name: `${line.name}, ${shape}`, role: 'measured', points }];
}

function numbersOf({ journey }: Line): number[] {
  const features = journey === 'page' ? pageFeatures : checkoutFeatures;
  return features.map((_, at) => at + 1);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
