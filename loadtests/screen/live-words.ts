// screen/live-words.ts: one stretch of load in a few words, and a bar a second.
// Used by lab-block.ts, lab-lines.ts and `npm run lab -- load`.
import { type Outcome, outcomes } from '../load/outcome.ts';
import type { LiveSecond } from '../load/run-attack.ts';
import { isUseful, type Tally } from '../load/tally.ts';

const bars = '▁▂▃▄▅▆▇█';

/**
 * Goodput by second, against the busiest second shown. Told apart by shape, not colour: `×` where
 * customers asked and nothing was ok, a space where nobody asked.
 */
export function sparkline(tallies: readonly (Tally | undefined)[]): string {
  const most = Math.max(1, ...tallies.map((tally) => tally?.sent ?? 0));
  return tallies.map((tally) => barOf(tally, most)).join('');
}

function barOf(tally: Tally | undefined, most: number): string {
  if (tally === undefined || tally.sent === 0) return ' ';
  if (tally.outcomes.ok === 0) return '×';
  return bars[Math.round((tally.outcomes.ok / most) * (bars.length - 1))] ?? ' ';
}

/** @returns `3 refused`, the most frequent outcome that is of no use; empty when there is none */
export function mainTrouble(counts: Readonly<Partial<Record<Outcome, number>>>): string {
  const bad = outcomes
    .filter((outcome) => !isUseful(outcome) && (counts[outcome] ?? 0) > 0)
    .sort((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0));
  return bad[0] === undefined ? '' : `${counts[bad[0]]} ${bad[0]}`;
}

/** @returns `12.3 ms`; empty when nothing was of use, for there is no latency then */
export function p99Words({ latency }: Pick<Tally, 'latency'>): string {
  return latency === null ? '' : msWords(latency.latencyMsP99);
}

/** Three digits at most: `0.82 ms`, `12.3 ms`, `1240 ms`. */
export function msWords(ms: number): string {
  return `${ms.toFixed(ms < 9.995 ? 2 : ms < 99.95 ? 1 : 0)} ms`;
}

/** What all features met together. */
export interface Together {
  readonly sent: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /**
   * The highest p99 of any second and feature: that of all of them is at most this. Null: none.
   */
  readonly p99AtMostMs: number | null;
}

/** @param seconds each once, as known last */
export function together(seconds: readonly Pick<LiveSecond, 'features'>[]): Together {
  const tallies = seconds.flatMap(({ features }) => Object.values(features));
  const sum = (of: (tally: Tally) => number) => tallies.reduce((all, tally) => all + of(tally), 0);
  const counts = outcomes.map((outcome) => [outcome, sum((tally) => tally.outcomes[outcome])]);
  const p99s = tallies.flatMap(({ latency }) => latency?.latencyMsP99 ?? []);
  return {
    sent: sum(({ sent }) => sent),
    outcomes: Object.fromEntries(counts) as Record<Outcome, number>,
    p99AtMostMs: p99s.length === 0 ? null : Math.max(...p99s),
  };
}

/** @returns `1180 of 1200 ok, 20 refused, p99 at most 12.3 ms` */
export function togetherWords({ sent, outcomes: counts, p99AtMostMs }: Together): string {
  const p99 = p99AtMostMs === null ? '' : `p99 at most ${msWords(p99AtMostMs)}`;
  return [`${counts.ok} of ${sent} ok`, mainTrouble(counts), p99].filter(Boolean).join(', ');
}
