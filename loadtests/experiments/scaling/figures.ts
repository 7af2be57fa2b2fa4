// experiments/scaling/figures.ts: throughput over copies, memory over throughput, and the prices.
// Drawn for experiments/scaling.ts; all pure.
import type { Figure, LinesFigure, Point, Series, TableFigure } from '../../lab/figure.ts';
import type { Block, Interval } from '../../lab/result.ts';
import { intervalOf, valuesOf } from '../../lab/values.ts';
import { amount } from '../../lab/words.ts';
import { uslThroughput } from '../../statistics/usl.ts';
import {
  armOf,
  copiesIn,
  PER_COPY_RPS,
  predictedMb,
  predictedRps,
  type Shape,
  shapes,
  uslOf,
  wait,
} from './law.ts';

const SIMULATED =
  `The work is waiting, and simulated: ${wait.latencyMs} ms a call, ${wait.atOnce} at a time in ` +
  'one process. All servers share one core.';

/** Median and interval of a metric over blocks; undefined where no block has it. */
export function summaryOf(
  blocks: readonly Block[],
  arm: string,
  metric: string,
): Interval | undefined {
  const values = valuesOf(blocks, arm, metric);
  return values.length === 0 ? undefined : intervalOf(values);
}

export function figuresOf(blocks: readonly Block[]): Figure[] {
  return [
    throughput(blocks),
    memory(blocks),
    sizes(blocks),
    prices(blocks),
    ...shapes.flatMap((shape) => fit(blocks, shape)),
  ];
}

/** The numbers of copies that were measured of this shape. */
export function measuredCopies(blocks: readonly Block[], shape: Shape): number[] {
  return copiesIn.full.filter((n) => valuesOf(blocks, armOf(shape, n), 'throughputRps').length > 0);
}

function throughput(blocks: readonly Block[]): LinesFigure {
  const most = Math.max(1, ...shapes.flatMap((shape) => measuredCopies(blocks, shape)));
  const waiting = [1, most].map((n) => ({ x: n, y: predictedRps(n) }));
  return {
    kind: 'lines',
    title: 'Throughput over copies of the hot part',
    caption:
      `${SIMULATED} Dashed: waiting alone, ${PER_COPY_RPS} operations a second for each copy; what ` +
      'falls below it may have filled the core.',
    x: { label: 'catalog replicas, or workers of the monolith', unit: '' },
    y: { label: 'operations, closed loop', unit: 'rps' },
    panels: [
      {
        title: 'both shapes',
        series: [
          { name: 'predicted: waiting alone', role: 'predicted', points: waiting },
          ...shapes.flatMap((shape) => measured(blocks, shape, 'throughputRps', (n) => n)),
        ],
      },
    ],
  };
}

function memory(blocks: readonly Block[]): LinesFigure {
  return {
    kind: 'lines',
    title: 'Memory over throughput',
    caption:
      `${SIMULATED} Resident memory of all processes of a shape right after full load. Dashed: 75 MB ` +
      'for each worker, 60 MB for each service or replica. The slope is what more throughput costs.',
    x: { label: 'operations, closed loop', unit: 'rps' },
    y: { label: 'memory (RSS)', unit: 'MB' },
    panels: [
      {
        title: 'both shapes',
        series: shapes.flatMap((shape) => [
          ...predictedMemory(blocks, shape),
          ...measured(blocks, shape, 'rssMb', (n) => medianOf(blocks, shape, n)),
        ]),
      },
    ],
  };
}

function predictedMemory(blocks: readonly Block[], shape: Shape): Series[] {
  const points = measuredCopies(blocks, shape).map((n) => ({
    x: predictedRps(n),
    y: predictedMb(shape, n),
  }));
  return points.length === 0 ? [] : [{ name: `predicted: ${shape}`, role: 'predicted', points }];
}

function measured(
  blocks: readonly Block[],
  shape: Shape,
  metric: string,
  xOf: (copies: number) => number,
): Series[] {
  const points = measuredCopies(blocks, shape).flatMap((n): Point[] => {
    const found = summaryOf(blocks, armOf(shape, n), metric);
    if (found === undefined) return [];
    const { value: y, low, high } = found;
    return [{ x: xOf(n), y, ...(low !== null && high !== null && { low, high }) }];
  });
  return points.length === 0 ? [] : [{ name: shape, role: 'measured', points }];
}

function medianOf(blocks: readonly Block[], shape: Shape, copies: number): number {
  return summaryOf(blocks, armOf(shape, copies), 'throughputRps')?.value ?? 0;
}

/** Column heads with the metric and its unit. */
type Columns = readonly (readonly [head: string, metric: string, unit: string])[];

function sizes(blocks: readonly Block[]): TableFigure {
  const arms = shapes.flatMap((shape) => measuredCopies(blocks, shape).map((n) => armOf(shape, n)));
  return table(blocks, arms, {
    title: 'Each size under full load',
    caption:
      'Medians. RSS counts a page that k processes share k times, PSS once in all. The monolith’s ' +
      'cluster has one process more than workers, its primary, unless it is one worker.',
    columns: [
      ['operations', 'throughputRps', 'rps'],
      ['RSS', 'rssMb', 'MB'],
      ['PSS', 'pssMb', 'MB'],
      ['CPU an operation', 'cpuUsPerOp', 'µs'],
      ['of the core', 'coreShare', '%'],
    ],
  });
}

function prices(blocks: readonly Block[]): TableFigure {
  return table(blocks, shapes, {
    title: 'What more of the hot part costs',
    caption: 'Medians of the slopes of each block, from 1 to 4 copies.',
    columns: [
      ['RSS, one copy', 'fixedMb', 'MB'],
      ['RSS, +100 rps', 'mbPer100Rps', 'MB'],
      ['PSS, +100 rps', 'pssMbPer100Rps', 'MB'],
      ['CPU each second, +100 rps', 'cpuMsPer100Rps', 'ms'],
    ],
  });
}

/** None below five sizes. A fit is made from what it is shown beside, so it is no prediction. */
function fit(blocks: readonly Block[], shape: Shape): TableFigure[] {
  const points = measuredCopies(blocks, shape).map((n) => ({
    n,
    throughput: medianOf(blocks, shape, n),
  }));
  const usl = uslOf(points);
  if (usl === undefined) return [];
  const [sigma, kappa, r2] = [usl.sigma, usl.kappa, usl.r2].map((value) => amount(value, ''));
  const rows = points.map(({ n, throughput }) => [
    armOf(shape, n),
    amount(throughput, 'rps'),
    amount(uslThroughput(usl, n), 'rps'),
  ]);
  return [
    {
      kind: 'table',
      title: `The scalability law fitted to the ${shape}`,
      caption:
        `A fit of the law (USL) to these medians: contention σ = ${sigma}, crosstalk κ = ${kappa}, ` +
        `r² = ${r2}. A core that fills up bends the curve as either of them.`,
      head: ['', 'measured', 'fit'],
      rows,
    },
  ];
}

function table(
  blocks: readonly Block[],
  arms: readonly string[],
  { columns, ...captioned }: { title: string; caption: string; columns: Columns },
): TableFigure {
  const cell = (arm: string, metric: string, unit: string) => {
    const found = summaryOf(blocks, arm, metric);
    return found === undefined ? '–' : amount(found.value, unit);
  };
  return {
    kind: 'table',
    ...captioned,
    head: ['', ...columns.map(([head]) => head)],
    rows: arms.map((arm) => [arm, ...columns.map(([, metric, unit]) => cell(arm, metric, unit))]),
  };
}
