// hop-cost/fit.ts: straight lines through the cells of a block, and what their slope says of a hop.
// Called by the experiment as its `derive`, and by its figures for the prediction; pure.
import type { Sample } from '../../lab/result.ts';
import { fitLine } from '../../statistics/line.ts';
import { arms, cellName, hopCounts, lineName, worksMs } from './cells.ts';

/**
 * L = base + (n + 1)·s + n·h for n hops between components that work s ms each; base is what the
 * caller and the first component need by themselves.
 */
export interface HopModel {
  readonly baseMs: number;
  readonly hopMs: number;
}

/** Milliseconds beyond the components' own work. */
export function overheadMs({ baseMs, hopMs }: HopModel, hops: number): number {
  return baseMs + hops * hopMs;
}

/** h/(s + h): which part of the time that a hop adds is not work, 0–1. */
export function overheadRatio(hopMs: number, workMs: number): number {
  return hopMs / (workMs + hopMs);
}

/** Samples of every arm whose cells are all there: one a line, and one of the arm as a whole. */
export function deriveHops(samples: readonly Sample[]): readonly Sample[] {
  const lines = Object.keys(arms).flatMap((arm) => linesOf(samples, arm));
  const wholes = Object.keys(arms).flatMap((arm) => wholeOf(samples, lines, arm));
  return [...lines, ...wholes.map((whole) => withFront(whole, wholes))];
}

function linesOf(samples: readonly Sample[], arm: string): Sample[] {
  return worksMs.flatMap((workMs) => {
    const ys = overHops(samples, arm, workMs, 'latencyMsP50');
    if (ys === undefined) return [];
    const { slope, intercept, r2, residualMax } = fitLine(hopCounts, ys);
    const hopMs = slope - workMs;
    const metrics = {
      hopMs,
      baseMs: intercept - workMs,
      r2,
      residualMs: residualMax,
      overheadRatio: overheadRatio(hopMs, workMs),
    };
    return [{ arm: lineName(arm, workMs), metrics, doubts: [] }];
  });
}

function wholeOf(samples: readonly Sample[], lines: readonly Sample[], arm: string): Sample[] {
  const names = worksMs.map((workMs) => lineName(arm, workMs));
  const own = lines.filter((line) => names.includes(line.arm)).map(({ metrics }) => metrics);
  const cpuUs = overHops(samples, arm, 0, 'cpuUsPerRequest');
  const [idle] = own;
  if (idle === undefined || cpuUs === undefined || own.length < worksMs.length) return [];
  const { hopMs = 0, baseMs = 0 } = idle;
  const r2 = Math.min(...own.map((line) => line.r2 ?? 0));
  const hopCpuUs = fitLine(hopCounts, cpuUs).slope;
  return [{ arm, metrics: { hopMs, baseMs, hopCpuUs, r2 }, doubts: [] }];
}

/** What stands in front of the chain costs what the first answer comes later by. */
function withFront(whole: Sample, wholes: readonly Sample[]): Sample {
  const bare = wholes.find(({ arm }) => arm === 'http')?.metrics.baseMs;
  const { baseMs } = whole.metrics;
  if (whole.arm !== 'gateway' || bare === undefined || baseMs === undefined) return whole;
  return { ...whole, metrics: { ...whole.metrics, frontMs: baseMs - bare } };
}

/** @returns undefined unless every cell has the metric */
function overHops(samples: readonly Sample[], arm: string, workMs: number, metric: string) {
  const values = hopCounts.flatMap((hops) => {
    const name = cellName(arm, hops, workMs);
    return samples.find((sample) => sample.arm === name)?.metrics[metric] ?? [];
  });
  return values.length === hopCounts.length ? values : undefined;
}
