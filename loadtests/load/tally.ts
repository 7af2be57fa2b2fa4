// load/tally.ts: how many requests met each outcome, and the latency of the good ones.
// The unit that metrics.ts keeps per second, feature and operation, and merges into totals.
import type { Histogram } from 'hdr-histogram-js';
import { createHistogram, type Latency, latencyOf, merged, recordMs } from './latency.ts';
import { type Outcome, outcomes } from './outcome.ts';
import type { Row } from './results.ts';

export type OutcomeCounts = Readonly<Record<Outcome, number>>;

/** Requests of one kind over one stretch of time. */
export interface Tally {
  /** Arrivals the schedule called for, dropped ones included: the sum of `outcomes`. */
  readonly sent: number;
  readonly outcomes: OutcomeCounts;
  /** Of ok, slow and degraded answers only; null where there was none. */
  readonly latency: Latency | null;
}

/** A tally that still grows. */
export interface TallyBuilder {
  readonly outcomes: Record<Outcome, number>;
  readonly histogram: Histogram;
}

export function createTally(): TallyBuilder {
  return { outcomes: noOutcomes(), histogram: createHistogram() };
}

export function addTo(tally: TallyBuilder, row: Row): void {
  tally.outcomes[row.outcome] += 1;
  // A refusal takes a millisecond: among the latencies it would make an outage look fast.
  if (isUseful(row.outcome)) recordMs(tally.histogram, row.ms);
}

/** Counts added, histograms merged: percentiles of the whole, never an average of percentiles. */
export function mergedTally(tallies: Iterable<TallyBuilder>): TallyBuilder {
  const all = [...tallies];
  const counts = noOutcomes();
  for (const tally of all) {
    for (const outcome of outcomes) counts[outcome] += tally.outcomes[outcome];
  }
  return { outcomes: counts, histogram: merged(all.map((tally) => tally.histogram)) };
}

export function tallyOf({ outcomes: counts, histogram }: TallyBuilder): Tally {
  const sent = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { sent, outcomes: { ...counts }, latency: latencyOf(histogram) };
}

/** Whether the customer got something to go on with. */
export function isUseful(outcome: Outcome): boolean {
  return outcome === 'ok' || outcome === 'slow' || outcome === 'degraded';
}

function noOutcomes(): Record<Outcome, number> {
  return {
    ok: 0,
    slow: 0,
    degraded: 0,
    wrong: 0,
    error: 0,
    refused: 0,
    hung: 0,
    dropped: 0,
  };
}
