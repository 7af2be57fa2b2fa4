// statistics/line.ts: the straight line through measured points.
// Called by experiments that predict one, such as time against hops.
import { valueAt } from './quantile.ts';

/** y = intercept + slope · x */
export interface Line {
  /** Units of y for each unit of x. */
  readonly slope: number;
  readonly intercept: number;
  /** Share of the variation of y that the line accounts for, 0 to 1; 1 when y does not vary. */
  readonly r2: number;
  /** The farthest that a point lies above or below the line, in units of y, ≥ 0. */
  readonly residualMax: number;
}

/**
 * Least squares. A high r² alone does not show that something is linear: look at `residualMax`.
 * @param ys as many as `xs`
 * @throws RangeError unless there are two different x, with a finite y for each
 */
export function fitLine(xs: readonly number[], ys: readonly number[]): Line {
  checkPoints(xs, ys);
  const [meanX, meanY] = [meanOf(xs), meanOf(ys)];
  const squares = sumOf(xs.map((x) => (x - meanX) ** 2));
  const products = sumOf(xs.map((x, index) => (x - meanX) * (valueAt(ys, index) - meanY)));
  const slope = products / squares;
  const intercept = meanY - slope * meanX;
  const residuals = ys.map((y, index) => y - (intercept + slope * valueAt(xs, index)));
  return {
    slope,
    intercept,
    r2: explainedShare(ys, residuals),
    residualMax: Math.max(...residuals.map(Math.abs)),
  };
}

/** 1 − (squares that are left) / (squares about the mean); below 0 for worse than the mean itself. */
export function explainedShare(ys: readonly number[], residuals: readonly number[]): number {
  const meanY = meanOf(ys);
  const total = sumOf(ys.map((y) => (y - meanY) ** 2));
  return total === 0 ? 1 : 1 - sumOf(residuals.map((residual) => residual ** 2)) / total;
}

/** Arithmetic mean; NaN of nothing. */
export function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function checkPoints(xs: readonly number[], ys: readonly number[]): void {
  const finite = [...xs, ...ys].every(Number.isFinite);
  if (finite && xs.length === ys.length && new Set(xs).size >= 2) return;
  throw new RangeError('A line needs two different x, and a finite y for each of them.');
}
