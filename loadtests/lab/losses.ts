// lab/losses.ts: which requests were lost, by feature, and how a cell of a matrix shows it.
// Called by the experiments that break or replace something under load; pure but for readAllRows.
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { type Row, readRows } from '../load/results.ts';
import { isUseful } from '../load/tally.ts';
import { levelLook, levelOf } from '../report/palette.ts';
import type { MatrixCell } from './figure.ts';
import { amount } from './words.ts';

/** A feature is touched when more than this share of its requests was lost, and more than one. */
const TOUCHED_RATIO = 0.01;
const TOUCHED_LEAST = 2;

export interface Count {
  readonly sent: number;
  readonly lost: number;
  /** How often each outcome came. */
  readonly outcomes: Readonly<Record<string, number>>;
}
export type Losses = Readonly<Record<Feature, Count>>;

/** By the time at which they were meant to leave. */
export async function readAllRows(file: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of readRows(file)) rows.push(row);
  return rows.sort((one, other) => one.t - other.t);
}

export const isLost = ({ outcome }: Row) => !isUseful(outcome);

export function lossesOf(rows: readonly Row[]): Losses {
  return Object.fromEntries(
    features.map((feature) => [feature, countOf(rows.filter((row) => row.feature === feature))]),
  ) as Losses;
}

export const isTouched = ({ sent, lost }: Count) =>
  lost >= TOUCHED_LEAST && lost > TOUCHED_RATIO * sent;

export const touchedOf = (losses: Losses): Feature[] =>
  features.filter((feature) => isTouched(losses[feature]));

/** What was touched, held against what was predicted: how many features either way. */
export function surprisesOf(
  losses: Losses,
  predicted: readonly Feature[],
): { readonly touchedUnpredicted: number; readonly sparedPredicted: number } {
  const touched = touchedOf(losses);
  return {
    touchedUnpredicted: touched.filter((feature) => !predicted.includes(feature)).length,
    sparedPredicted: predicted.filter((feature) => !touched.includes(feature)).length,
  };
}

/** From the first to the last lost request, ms; 0 for a single one, undefined for none. */
export function outageOf(rows: readonly Row[]): number | undefined {
  const lost = rows.filter(isLost);
  const [first, last] = [lost[0], lost.at(-1)];
  return first && last && last.t - first.t;
}

/** Pooled over blocks: counts are added, never averaged. */
export function pooledCount(counts: readonly Count[]): Count {
  const outcomes: Record<string, number> = {};
  for (const count of counts)
    for (const [name, times] of Object.entries(count.outcomes))
      outcomes[name] = (outcomes[name] ?? 0) + times;
  const sum = (of: 'sent' | 'lost') => counts.reduce((total, count) => total + count[of], 0);
  return { sent: sum('sent'), lost: sum('lost'), outcomes };
}

/** The share that was lost, and the most frequent bad outcome; `own` where it was broken. */
export function lossCell(count: Count, own: boolean): MatrixCell {
  const share = count.sent === 0 ? null : count.lost / count.sent;
  const level = levelOf(share, isTouched(count));
  const base = { counted: `${count.lost} of ${count.sent} lost`, ...(own && { own }) };
  if (share === null || level === null || level === 0)
    return { text: levelLook(level).symbol, level, ...base };
  const bad = Object.entries(count.outcomes).filter(
    ([name]) => !['ok', 'slow', 'degraded'].includes(name),
  );
  const [most] = bad.sort(([, one], [, other]) => other - one);
  return { text: amount(share, '%'), level, note: most?.[0] ?? '', ...base };
}

function countOf(rows: readonly Row[]): Count {
  const outcomes: Record<string, number> = {};
  for (const { outcome } of rows) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return { sent: rows.length, lost: rows.filter(isLost).length, outcomes };
}
