// load/metrics.ts: rows in; per-second series by feature, totals and outcome counts out.
// Used live by the attack process and afterwards by the reports, on the same rows.
import type { Feature } from '@lab/shared/contract/operation.ts';
import { createHistogram, percentileMs, recordMs } from './latency.ts';
import type { Row } from './results.ts';
import {
  addTo,
  createTally,
  mergedTally,
  type Tally,
  type TallyBuilder,
  tallyOf,
} from './tally.ts';

/** Requests bucketed by the second they were meant to leave in, so an outage is not smeared. */
export interface SecondSummary {
  /** Whole seconds since the start of the run. */
  readonly second: number;
  /** Features without an arrival in this second are absent. */
  readonly features: Readonly<Partial<Record<Feature, Tally>>>;
}

export interface Totals extends Tally {
  readonly byFeature: Readonly<Partial<Record<Feature, Tally>>>;
  /** By operation id of the contract. */
  readonly byOperation: Readonly<Record<string, Tally>>;
  /** How often each reason was given, over all outcomes. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Sent − intended over all arrivals. */
  readonly lagMsP50: number;
  readonly lagMsP99: number;
  /** Latest time at which a request really left, ms since the start; 0 without rows. */
  readonly lastSentMs: number;
}

export interface Metrics {
  add(row: Row): void;
  /** One second as far as its rows are known; undefined before its first row. */
  second(second: number): SecondSummary | undefined;
  /** Every second that has rows, in order. */
  seconds(): SecondSummary[];
  totals(): Totals;
}

/** Memory grows by some kilobytes a second of run, whatever the rate. */
export function createMetrics(): Metrics {
  const bySecond = new Map<number, Map<Feature, TallyBuilder>>();
  const byOperation = new Map<string, TallyBuilder>();
  const reasons = new Map<string, number>();
  const lag = createHistogram();
  let lastSentMs = 0;
  const summarise = (second: number, features: Map<Feature, TallyBuilder>): SecondSummary => ({
    second,
    features: mapValues(features, tallyOf),
  });
  return {
    add(row) {
      const second = entry(bySecond, Math.floor(row.t / 1000), () => new Map());
      addTo(entry(second, row.feature, createTally), row);
      addTo(entry(byOperation, row.op, createTally), row);
      if (row.reason !== undefined) reasons.set(row.reason, (reasons.get(row.reason) ?? 0) + 1);
      recordMs(lag, row.lag);
      lastSentMs = Math.max(lastSentMs, row.t + row.lag);
    },
    second(second) {
      const features = bySecond.get(second);
      return features && summarise(second, features);
    },
    seconds() {
      const inOrder = [...bySecond].sort(([one], [other]) => one - other);
      return inOrder.map(([second, features]) => summarise(second, features));
    },
    totals: () => ({
      ...tallyOf(mergedTally(byOperation.values())),
      byFeature: byFeature(bySecond),
      byOperation: mapValues(byOperation, tallyOf),
      reasons: Object.fromEntries(reasons),
      lagMsP50: percentileMs(lag, 50),
      lagMsP99: percentileMs(lag, 99),
      lastSentMs,
    }),
  };
}

/** The metrics of stored rows: what a report is made of. */
export async function metricsOf(rows: AsyncIterable<Row> | Iterable<Row>): Promise<Metrics> {
  const metrics = createMetrics();
  for await (const row of rows) metrics.add(row);
  return metrics;
}

function byFeature(bySecond: ReadonlyMap<number, ReadonlyMap<Feature, TallyBuilder>>) {
  const parts = new Map<Feature, TallyBuilder[]>();
  for (const features of bySecond.values()) {
    for (const [feature, tally] of features) entry(parts, feature, () => []).push(tally);
  }
  return mapValues(parts, (tallies) => tallyOf(mergedTally(tallies)));
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}

function mapValues<Key extends string, From, To>(
  map: ReadonlyMap<Key, From>,
  convert: (from: From) => To,
): Record<Key, To> {
  const pairs = [...map].map(([key, value]) => [key, convert(value)] as const);
  return Object.fromEntries(pairs) as Record<Key, To>;
}
