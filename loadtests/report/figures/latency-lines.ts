// report/figures/latency-lines.ts: the median of each step as a line, the way up to its p99 as a band.
// Used by timelines.ts; broken wherever nothing succeeded.
import type { TimelineStep } from '../../lab/figure.ts';
import { type Markup, markup } from '../markup.ts';
import { range } from '../quantity.ts';
import { PANEL_HEIGHT, STEP_UNITS, type TimeAxes, unitsOf } from './time-axis.ts';

type Percentile = 'latencyMsP50' | 'latencyMsP99';

export function latencyLines(steps: readonly TimelineStep[], axes: TimeAxes): Markup {
  const runs = unbrokenRuns(steps, axes.stepMs);
  const line = (key: Percentile) => runs.map((run) => `M${stairs(run, key, axes)}`).join('');
  const band = runs.map((run) => {
    const back = stairs([...run].reverse(), 'latencyMsP50', axes, true);
    return `M${stairs(run, 'latencyMsP99', axes)}L${back}Z`;
  });
  return markup`<path class="band" d="${band.join('')}"/>
    <path class="p99" d="${line('latencyMsP99')}"/>
    <path class="p50" d="${line('latencyMsP50')}"/>`;
}

/** The span of the medians, never an average of them. */
export function medianWords(steps: readonly TimelineStep[]): string {
  const medians = steps.flatMap(({ latencyMsP50: p50 }) => (p50 === null ? [] : [p50]));
  if (medians.length === 0) return 'nothing succeeded';
  const least = medians.reduce((one, other) => Math.min(one, other));
  const most = medians.reduce((one, other) => Math.max(one, other));
  return `p50 ${range(least, most, 'ms')}`;
}

/** Steps with samples, cut wherever one has none. */
function unbrokenRuns(steps: readonly TimelineStep[], stepMs: number): TimelineStep[][] {
  const runs: TimelineStep[][] = [];
  for (const step of steps) {
    if (step.latencyMsP50 === null) continue;
    const last = runs.at(-1);
    const previous = last?.at(-1);
    if (previous !== undefined && step.atMs - previous.atMs < stepMs * 1.5) last?.push(step);
    else runs.push([step]);
  }
  return runs;
}

/** A level stretch a step: a single step between two gaps can still be seen. */
function stairs(
  run: readonly TimelineStep[],
  key: Percentile,
  axes: TimeAxes,
  backwards = false,
): string {
  const corners = run.flatMap((step) => {
    const up = axes.latency.at(step[key] ?? step.latencyMsP50 ?? 0) ?? 0;
    const y = Math.round((PANEL_HEIGHT - up) * 100) / 100;
    const left = unitsOf(step.atMs, axes);
    const pair = [`${left},${y}`, `${left + STEP_UNITS},${y}`];
    return backwards ? pair.reverse() : pair;
  });
  return corners.join('L');
}
