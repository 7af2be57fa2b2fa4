// statistics/equations.ts: least squares of a few unknowns, for laws that a line is too simple for.
// Used by usl.ts.
import { valueAt } from './quantile.ts';

export interface Solution {
  /** One factor for each column. */
  readonly solution: readonly number[];
  /** Sum of the squares of what the factors leave over. */
  readonly misfit: number;
}

/**
 * The factors x that make the sum of (right − row · x)² smallest, by the normal equations.
 * @param rows at least as many as columns, and no column a mixture of the others
 * @param right one value a row
 */
export function leastSquares(
  rows: readonly (readonly number[])[],
  right: readonly number[],
): Solution {
  const columns = rows[0]?.map((_, column) => rows.map((row) => valueAt(row, column))) ?? [];
  const solution = solve(
    columns.map((one) => columns.map((other) => dot(one, other))),
    columns.map((one) => dot(one, right)),
  );
  const left = rows.map((row, index) => valueAt(right, index) - dot(row, solution));
  return { solution, misfit: dot(left, left) };
}

/** Gaussian elimination; a symmetric, positive definite matrix needs no pivoting. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const [first, ...rest] = matrix.map((row, index) => [...row, valueAt(right, index)]);
  if (!first) return [];
  const pivot = valueAt(first, 0);
  const smaller = rest.map((row) =>
    row.slice(1).map((cell, index) => cell - (valueAt(row, 0) / pivot) * valueAt(first, index + 1)),
  );
  const others = solve(
    smaller.map((row) => row.slice(0, -1)),
    smaller.map((row) => valueAt(row, row.length - 1)),
  );
  const known = dot(first.slice(1, -1), others);
  return [(valueAt(first, first.length - 1) - known) / pivot, ...others];
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, index) => sum + value * valueAt(other, index), 0);
}
