// hop-cost/figures.ts: latency over hops beside its prediction, the share of a hop, its cost in words.
// Called by the experiment with the accepted blocks; pure.
import type { Figure, LinesFigure, Point, Series, TableFigure } from '../../lab/figure.ts';
import type { Block } from '../../lab/result.ts';
import { shown } from '../../lab/shown.ts';
import { intervalOf, ratiosOf, valuesOf } from '../../lab/values.ts';
import { amount } from '../../lab/words.ts';
import { arms, cellName, hopCounts, lineName, transports, worksMs } from './cells.ts';
import { type HopModel, overheadMs, overheadRatio } from './fit.ts';

export function hopFigures(blocks: readonly Block[]): readonly Figure[] {
  return [latencyOverHops(blocks), shareOverWork(blocks), costs(blocks)];
}

export function hopSentence(blocks: readonly Block[]): string {
  const json = ratiosOf(blocks, 'hopMs', 'json', 'http');
  const share = json.length === 0 ? '–' : amount(intervalOf(json).value, '%');
  return (
    `A hop by HTTP takes ${shown(blocks, 'http', 'hopMs', 'ms')} and ` +
    `${shown(blocks, 'http', 'hopCpuUs', 'µs')} of CPU; JSON alone is ${share} of that time, a ` +
    `function call takes ${shown(blocks, 'call', 'hopMs', 'ms')}. Of a hop to 5 ms of work ` +
    `${shown(blocks, lineName('http', 5), 'overheadRatio', '%')} is overhead.`
  );
}

function latencyOverHops(blocks: readonly Block[]): LinesFigure {
  return {
    kind: 'lines',
    title: 'What hops add to the time of a request',
    caption:
      'Median latency less the simulated work of all components, (n + 1)·s, so that all panels ' +
      'have one axis. Dashed: n·h with the h of this run without work. The work spins: simulated.',
    x: { label: 'hops', unit: '' },
    y: { label: 'latency beyond the work', unit: 'ms' },
    panels: worksMs.map((workMs) => ({
      title: `${workMs} ms of simulated work in each component`,
      series: transports.flatMap((arm) => overHops(blocks, arm, workMs)),
    })),
  };
}

function overHops(blocks: readonly Block[], arm: string, workMs: number): Series[] {
  const model = modelOf(blocks, arm);
  const predicted = hopCounts.map((x) => ({ x, y: model ? overheadMs(model, x) : Number.NaN }));
  const measured = hopCounts.flatMap((hops) => {
    const values = valuesOf(blocks, cellName(arm, hops, workMs), 'latencyMsP50');
    const beyond = values.map((latencyMs) => latencyMs - (hops + 1) * workMs);
    return pointAt(hops, beyond);
  });
  return pair(arm, measured, model === undefined ? [] : predicted);
}

function shareOverWork(blocks: readonly Block[]): LinesFigure {
  const series = ['json', 'http', 'gateway'].flatMap((arm) => {
    const hopMs = modelOf(blocks, arm)?.hopMs;
    const measured = worksMs
      .filter((workMs) => workMs > 0)
      .flatMap((workMs) =>
        pointAt(workMs, valuesOf(blocks, lineName(arm, workMs), 'overheadRatio')),
      );
    const predicted = curveWorksMs.map((x) => ({ x, y: overheadRatio(hopMs ?? 0, x) }));
    return pair(arm, measured, hopMs === undefined ? [] : predicted);
  });
  return {
    kind: 'lines',
    title: 'Which part of a hop is overhead',
    caption:
      'h/(s + h) over the simulated work s of the component that is reached. Dashed: with the h ' +
      'of this run without work.',
    x: { label: 'work in each component (simulated)', unit: 'ms', log: true },
    y: { label: 'share that is not work', unit: '%' },
    panels: [{ title: 'Share of overhead', series }],
  };
}

const curveWorksMs = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20];

function costs(blocks: readonly Block[]): TableFigure {
  return {
    kind: 'table',
    title: 'A hop in figures',
    caption:
      'Medians over blocks, without work. R² is the least of the four amounts of work; with much ' +
      'work it is near 1 by the work alone, so look at the panel without work as well.',
    head: ['', 'time of a hop', 'CPU of a hop', 'without a hop', 'R², least'],
    rows: Object.keys(arms).map((arm) => [
      arm,
      shown(blocks, arm, 'hopMs', 'ms'),
      shown(blocks, arm, 'hopCpuUs', 'µs'),
      shown(blocks, arm, 'baseMs', 'ms'),
      shown(blocks, arm, 'r2', ''),
    ]),
  };
}

function modelOf(blocks: readonly Block[], arm: string): HopModel | undefined {
  const [baseMs, hopMs] = ['baseMs', 'hopMs'].map((metric) => valuesOf(blocks, arm, metric));
  if (!baseMs?.length || !hopMs?.length) return undefined;
  return { baseMs: intervalOf(baseMs).value, hopMs: intervalOf(hopMs).value };
}

function pointAt(x: number, values: readonly number[]): Point[] {
  if (values.length === 0) return [];
  const { value, low, high } = intervalOf(values);
  return [{ x, y: value, ...(low === null || high === null ? {} : { low, high }) }];
}

function pair(arm: string, measured: readonly Point[], predicted: readonly Point[]): Series[] {
  return [
    { name: arm, role: 'measured', points: measured },
    { name: arm, role: 'predicted', points: predicted },
  ];
}
