// live/timeline.ts: the rows of one shape as seconds by feature, the last two minutes of them.
// Called by customers.ts with every row; pure.
import type { Feature } from '@lab/shared/contract/operation.ts';
import type { Outcome } from '../../load/outcome.ts';
import type { Row } from '../../load/results.ts';
import { isUseful } from '../../load/tally.ts';
import { type FeatureSecond, type SecondLive, SHOWN_MS } from './live-state.ts';

export interface Timeline {
  /** @param atMs epoch ms at which the request was meant to leave */
  add(row: Row, atMs: number): void;
  /** The seconds that changed since the last call, oldest first. */
  takeChanged(): SecondLive[];
  /** All that is shown, oldest first. */
  all(): SecondLive[];
}

interface Counting {
  readonly outcomes: Partial<Record<Outcome, number>>;
  /** Of the requests that were answered well. */
  readonly latenciesMs: number[];
}

export function createTimeline(shape: string): Timeline {
  const seconds = new Map<number, Map<Feature, Counting>>();
  const changed = new Set<number>();
  const inOrder = (times: Iterable<number>) =>
    [...times]
      .filter((atMs) => seconds.has(atMs))
      .sort((one, other) => one - other)
      .map((atMs) => ({ shape, atMs, features: featuresOf(seconds.get(atMs) ?? new Map()) }));
  return {
    add(row, rowMs) {
      const atMs = Math.floor(rowMs / 1000) * 1000;
      if (!seconds.has(atMs)) {
        seconds.set(atMs, new Map());
        for (const old of seconds.keys()) if (old < atMs - SHOWN_MS) seconds.delete(old);
      }
      count(seconds.get(atMs) ?? new Map(), row);
      changed.add(atMs);
    },
    takeChanged() {
      const some = inOrder(changed);
      changed.clear();
      return some;
    },
    all: () => inOrder(seconds.keys()),
  };
}

function count(features: Map<Feature, Counting>, { feature, outcome, ms }: Row): void {
  const counting = features.get(feature) ?? { outcomes: {}, latenciesMs: [] };
  features.set(feature, counting);
  counting.outcomes[outcome] = (counting.outcomes[outcome] ?? 0) + 1;
  // A refusal takes a millisecond: among the latencies it would make an outage look fast.
  if (isUseful(outcome)) counting.latenciesMs.push(ms);
}

function featuresOf(features: ReadonlyMap<Feature, Counting>): SecondLive['features'] {
  return Object.fromEntries(
    [...features].map(([feature, { outcomes, latenciesMs }]) => {
      const sorted = [...latenciesMs].sort((one, other) => one - other);
      const summary: FeatureSecond = {
        outcomes,
        p50: rankOf(sorted, 0.5),
        p99: rankOf(sorted, 0.99),
      };
      return [feature, summary];
    }),
  );
}

/** Nearest rank: a value that was measured; of a few it is the slowest, and no more is known. */
function rankOf(sorted: readonly number[], share: number): number | null {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? null;
}
