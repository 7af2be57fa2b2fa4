// experiments/deployment/queue-figures.ts: the SIMULATED queues of several teams, as drawings.
// Called by figures.ts with the measured medians; pure.
import type { LinesFigure, Series } from '../../lab/figure.ts';
import type { SimulatedQueue } from '../../simulation/simulate.ts';
import { BATCH, leadMs, simulatedSweep, simulatedWaits, sweptLoads, TEAMS } from './queue.ts';

/** No drawing where a lead time was not measured. */
export function queueFigures(
  monolithMs: number | undefined,
  serviceMs: number | undefined,
): LinesFigure[] {
  if (monolithMs === undefined) return [];
  const waiting = waitingFigure(monolithMs);
  return serviceMs === undefined ? [waiting] : [waiting, couplingFigure(monolithMs, serviceMs)];
}

function waitingFigure(monolithMs: number): LinesFigure {
  const waits = simulatedWaits(monolithMs);
  const points = (y: 'simulatedMs' | 'predictedMs') =>
    waits.map((wait) => ({ x: wait.load, y: wait[y] }));
  return {
    kind: 'lines',
    title: 'Simulated: how long a change waits for one pipeline',
    caption:
      `Simulated changes of ${TEAMS} teams, ready at random, in one serial queue; each run takes ` +
      'the median lead time measured of the monolith. Dashed: ρD / (2(1 − ρ)). Nothing here was ' +
      'measured but D.',
    x: { label: 'load ρ of the pipeline', unit: '' },
    y: { label: 'mean wait, simulated', unit: 'ms' },
    panels: [
      {
        title: 'one serial pipeline, simulated',
        series: [
          { name: 'formula, M/D/1', role: 'predicted', points: points('predictedMs') },
          { name: 'simulated', role: 'measured', points: points('simulatedMs') },
        ],
      },
    ],
  };
}

function couplingFigure(monolithMs: number, serviceMs: number): LinesFigure {
  return {
    kind: 'lines',
    title: 'Simulated: one pipeline for all, or one for each team',
    caption:
      `Simulated changes of ${TEAMS} teams; a coupled change needs two pipelines at once. Runs take ` +
      'the median lead times measured of the monolith and of the catalog service; the merge queue ' +
      `tests up to ${BATCH} changes together. A line that ends or is missing: the queue grows ` +
      'without bound.',
    x: { label: 'share of coupled changes q', unit: '%' },
    y: { label: 'mean lead time, simulated', unit: 'ms' },
    panels: sweptLoads.map((load) => {
      const { serial, mergeQueue, pipelineEach } = simulatedSweep(load, monolithMs, serviceMs);
      const each = pipelineEach.flatMap(({ coupledShare, queue }) => pointAt(coupledShare, queue));
      return {
        title: `simulated, load ${load} of the one pipeline`,
        series: [
          { name: 'a pipeline each, simulated', role: 'measured' as const, points: each },
          level('one, serial, simulated', serial),
          level('one, merge queue, simulated', mergeQueue),
        ].filter(({ points }) => points.length > 0),
      };
    }),
  };
}

/** One pipeline does not know coupling: the same at every share. */
function level(name: string, queue: SimulatedQueue): Series {
  return { name, role: 'measured', points: [0, 1].flatMap((x) => pointAt(x, queue)) };
}

function pointAt(x: number, queue: SimulatedQueue) {
  const y = leadMs(queue);
  return y === undefined ? [] : [{ x, y }];
}
