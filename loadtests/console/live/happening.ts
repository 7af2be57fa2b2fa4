// live/happening.ts: what a thing that was done cost a shape, in one sentence computed from rows.
// Called by history.ts; pure.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { isLost, outageOf } from '../../lab/losses.ts';
import type { Row } from '../../load/results.ts';

/** A row with the moment at which its request was meant to leave, epoch ms. */
export interface TimedRow {
  readonly atMs: number;
  readonly row: Row;
}

export interface Cost {
  readonly sent: number;
  readonly lost: number;
  /** Answered well, and later than the SLO, or by a declared fallback. */
  readonly worse: number;
  /** Features that lost one request or more: at a few requests a second one is what there is. */
  readonly touched: readonly Feature[];
  /** From the first to the last lost request; null: none was lost. */
  readonly outageMs: number | null;
}

/** @param rows of one shape, while the thing was done */
export function costOf(rows: readonly TimedRow[]): Cost {
  const sorted = rows
    .map(({ atMs, row }) => ({ ...row, t: atMs }))
    .sort((one, other) => one.t - other.t);
  const lost = sorted.filter(isLost);
  return {
    sent: sorted.length,
    lost: lost.length,
    worse: sorted.filter(({ outcome }) => outcome === 'slow' || outcome === 'degraded').length,
    touched: features.filter((feature) => lost.some((row) => row.feature === feature)),
    outageMs: outageOf(sorted) ?? null,
  };
}

/**
 * `monolith: 61 of 240 requests lost, in all 6 features, within 1.3 s; 4 too slow.`
 * @param over false: rows are still on their way
 */
export function sentenceOf(shape: string, cost: Cost, over = true): string {
  const { sent, lost, worse } = cost;
  if (sent === 0) return over ? `${shape}: nobody asked for anything.` : `${shape}: counting …`;
  const slow = worse > 0 ? `; ${worse} too slow` : '';
  const share = `${lost} of ${sent} ${sent === 1 ? 'request' : 'requests'} lost`;
  if (lost > 0) return `${shape}: ${share}${whereAndWhen(cost)}${slow}.`;
  return `${shape}: ${share}${slow || (over ? ', nobody noticed' : ' so far')}.`;
}

function whereAndWhen({ touched, outageMs }: Cost): string {
  const within = outageMs === null || outageMs < 50 ? '' : `, within ${seconds(outageMs)}`;
  return `, in ${featuresIn(touched)}${within}`;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

function featuresIn(touched: readonly Feature[]): string {
  if (touched.length === features.length) return `all ${features.length} features`;
  if (touched.length > 2) return `${touched.length} of ${features.length} features`;
  return `${touched.join(' and ')} only`;
}
