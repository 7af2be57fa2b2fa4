// experiments/cells.ts: raw rows to matrix cells: who was hit by a crash, how hard and for how long.
// Called by run-target.ts after a run; pure, so that a stored run can be recomputed.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { type Outcome, outcomes } from '../load/outcome.ts';
import type { Row } from '../load/results.ts';
import { addTo, createTally, isUseful, type Tally, tallyOf } from '../load/tally.ts';
import type { Cell } from './result.ts';

/** A stretch of the run, in ms since the start of the load; the end is not part of it. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Rows by the time their fate was known: a request that was under way when the next component
 * crashed is that crash's loss, not the loss of the one before.
 */
export function within(rows: readonly Row[], { fromMs, toMs }: Span): Row[] {
  return rows.filter((row) => row.t + row.ms >= fromMs && row.t + row.ms < toMs);
}

/**
 * One row of the matrix: a cell for each feature, zeros where it had no request.
 * @param away when the process was gone; left out when it never died or never came back
 */
export function cellsOf(rows: readonly Row[], away?: Span): Record<Feature, Cell> {
  const cells = features.map((feature) => {
    const own = rows.filter((row) => row.feature === feature);
    return [feature, { ...cellOf(own), ...(away && { away: lossWithin(own, away) }) }];
  });
  return Object.fromEntries(cells);
}

function cellOf(rows: readonly Row[]): Cell {
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<
    Outcome,
    number
  >;
  for (const row of rows) counts[row.outcome] += 1;
  const bad = rows.filter((row) => !isUseful(row.outcome)).map((row) => row.t);
  const badMs = bad.length === 0 ? 0 : Math.max(...bad) - Math.min(...bad);
  return { sent: rows.length, notOk: bad.length, badMs, outcomes: counts };
}

function lossWithin(rows: readonly Row[], { fromMs, toMs }: Span) {
  const meant = rows.filter((row) => row.t >= fromMs && row.t < toMs);
  return { sent: meant.length, notOk: meant.filter((row) => !isUseful(row.outcome)).length };
}

/** Counts and latencies of some rows, by feature and in all. */
export function tallies(rows: readonly Row[]): {
  total: Tally;
  byFeature: Partial<Record<Feature, Tally>>;
} {
  const total = createTally();
  const byFeature = new Map(features.map((feature) => [feature, createTally()]));
  for (const row of rows) {
    addTo(total, row);
    const own = byFeature.get(row.feature);
    if (own) addTo(own, row);
  }
  const entries = [...byFeature].map(([feature, tally]) => [feature, tallyOf(tally)]);
  return { total: tallyOf(total), byFeature: Object.fromEntries(entries) };
}
