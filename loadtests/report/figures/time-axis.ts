// report/figures/time-axis.ts: the axes that all panels of a timelines figure share.
// Used by timelines.ts, outcome-bars.ts and latency-lines.ts.
import type { TimelineStep, TimelinesFigure } from '../../lab/figure.ts';
import { exactScale, type Scale, scaleOf } from './scale.ts';

/** Height of a panel in its own units: a share of 1 is as tall in each of them. */
export const PANEL_HEIGHT = 100;
/** Drawing units a step: whole numbers keep the paths short. */
export const STEP_UNITS = 10;

export interface TimeAxes {
  readonly stepMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Of seconds. */
  readonly time: Scale;
  /** Of ms, logarithmic. */
  readonly latency: Scale;
}

export function timeAxes(figure: TimelinesFigure): TimeAxes {
  const steps = allSteps(figure);
  const starts = steps.map(({ atMs }) => atMs);
  const fromMs = starts.reduce((one, other) => Math.min(one, other), starts[0] ?? 0);
  const lastMs = starts.reduce((one, other) => Math.max(one, other), fromMs);
  const toMs = lastMs + figure.stepMs;
  const latencies = steps.flatMap(({ latencyMsP50: p50, latencyMsP99: p99 }) =>
    [p50, p99].flatMap(decadesAround),
  );
  return {
    stepMs: figure.stepMs,
    fromMs,
    toMs,
    time: exactScale(fromMs / 1000, toMs / 1000, 8),
    latency: scaleOf({ log: true }, latencies, 5),
  };
}

export function allSteps({ columns }: TimelinesFigure): TimelineStep[] {
  return columns.flatMap(({ panels }) => Object.values(panels).flat());
}

/** The axis ends on powers of ten. */
function decadesAround(ms: number | null): number[] {
  if (ms === null || ms <= 0) return [];
  const power = Math.log10(ms);
  return [Number(`1e${Math.floor(power)}`), Number(`1e${Math.ceil(power)}`)];
}

/** In drawing units from the left. */
export function unitsOf(ms: number, { fromMs, stepMs }: TimeAxes): number {
  return Math.round(((ms - fromMs) / stepMs) * STEP_UNITS * 100) / 100;
}
