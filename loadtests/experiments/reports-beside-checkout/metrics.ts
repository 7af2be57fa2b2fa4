// reports-beside-checkout/metrics.ts: from what buyers and readers of reports saw to the figures of an arm.
// Called by arms.ts; pure.
import type { Row } from '../../load/results.ts';
import { isUseful } from '../../load/tally.ts';
import { medianOf, quantileOf } from '../../statistics/quantile.ts';
import type { Report } from './asking.ts';
import { inLineMs, madeAtMs, waitOnLoopP99 } from './law.ts';

/** A stretch of load, ms since its start. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Everything that was seen of one arm in one block. */
export interface Story {
  /** Start of the load on the clock of nowMs. */
  readonly zeroMs: number;
  readonly rows: readonly Row[];
  readonly without: Stretch;
  readonly with: Stretch;
  readonly burst: Stretch;
  /** Before there was load, one after the other. */
  readonly alone: readonly Report[];
  readonly steady: readonly Report[];
  readonly atOnce: readonly Report[];
  /** Of the file beside the orders' database; undefined where there is none. */
  readonly walBytes: { readonly without: number; readonly with: number } | undefined;
}

const BYTES_PER_MB = 1_000_000;

/** @param onLoop reports block the loop that checkout is served on, so the law has something to say */
export function metricsOf(story: Story, onLoop: boolean): Record<string, number> {
  const [without, steady, burst] = [story.without, story.with, story.burst].map((stretch) =>
    servedIn(story.rows, stretch),
  ) as [Served, Served, Served];
  const reportAloneMs = medianOf(story.alone.map(({ ms }) => ms));
  const steadyMs = story.steady.map(({ ms }) => ms);
  const burstDoneMs = Math.max(...story.atOnce.map(({ ms }) => ms));
  const asked = [...story.steady, ...story.atOnce];
  return {
    p99WithoutMs: without.p99Ms,
    p99WithMs: steady.p99Ms,
    p99BurstMs: burst.p99Ms,
    p99Ratio: steady.p99Ms / without.p99Ms,
    p99BurstRatio: burst.p99Ms / without.p99Ms,
    goodputRatio: steady.okRps / without.okRps,
    goodputBurstRatio: burst.okRps / without.okRps,
    reportAloneMs,
    ...(onLoop && {
      p99OfLaw: steady.p99Ms / (waitOnLoopP99(reportAloneMs) + without.p99Ms),
    }),
    reportMsP50: medianOf(steadyMs),
    reportMsMax: Math.max(...steadyMs),
    burstDoneMs,
    burstInLine: burstDoneMs / inLineMs(reportAloneMs, story.atOnce.length),
    lagMsMax: Math.max(...asked.map((report) => lagMsOf(report, story))),
    ...(story.walBytes && {
      walWithoutMb: story.walBytes.without / BYTES_PER_MB,
      walMb: story.walBytes.with / BYTES_PER_MB,
    }),
  };
}

interface Served {
  /** Of who got something, and of who gave up: these waited longest. */
  readonly p99Ms: number;
  readonly okRps: number;
}

function servedIn(rows: readonly Row[], { fromMs, toMs }: Stretch): Served {
  const within = rows.filter(({ t }) => t >= fromMs && t < toMs);
  const waited = within.filter(({ outcome }) => isUseful(outcome) || outcome === 'hung');
  const ok = within.filter(({ outcome }) => outcome === 'ok').length;
  return {
    p99Ms: quantileOf(
      waited.map(({ ms }) => ms),
      0.99,
    ),
    okRps: (ok * 1000) / (toMs - fromMs),
  };
}

/** By how much a report is behind the newest order that its customer had been told of when it was asked. */
export function lagMsOf({ askedAtMs, asOfMs }: Report, { rows, zeroMs }: Story): number {
  const told = rows.filter(
    ({ orderId, t, ms, op }) =>
      op === 'placeOrder' && orderId !== undefined && zeroMs + t + ms < askedAtMs,
  );
  const newestMs = Math.max(0, ...told.map(({ orderId = '' }) => madeAtMs(orderId)));
  return Math.max(0, newestMs - (asOfMs ?? 0));
}

/** Why a story cannot be counted, one sentence each. */
export function doubtsOf({ alone, steady, atOnce }: Story): string[] {
  const failed = [...alone, ...steady, ...atOnce].filter(({ status }) => status !== 200);
  return failed.length === 0 ? [] : [`${failed.length} reports were not answered with 200`];
}
