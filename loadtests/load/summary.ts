// load/summary.ts: the totals of a run with the facts that rows cannot hold, and whether to trust it.
// Made by the attack process at the end, and again by reports from the stored rows.
import type { Totals } from './metrics.ts';

/** What only the generator knows. */
export interface RunFacts {
  readonly runId: string;
  /** Epoch ms of time 0. */
  readonly startedAtMs: number;
  /** From time 0 to the end of the schedule, not to the last answer. */
  readonly durationMs: number;
  readonly rateRps: number;
  readonly arrivals: 'constant' | 'poisson';
  /** Arrivals the schedule handed out, counted apart from the rows. */
  readonly scheduled: number;
  /** CPU time of the generator's process, start-up left out. */
  readonly cpuMs: number;
  /** As planned; left out: `poll`. */
  readonly wait?: 'poll' | 'spin';
}

export interface AttackSummary extends RunFacts, Totals {
  /** Requests that left, per second of schedule; lateness at the end counts against it. */
  readonly achievedRps: number;
  /** Sentences; empty when the run may be believed. */
  readonly invalid: readonly string[];
}

export interface ValidityLimits {
  /** Off the asked rate by more, as a share; Poisson arrivals get 3 standard deviations on top. */
  readonly rateOffRatio: number;
  readonly lagMsP99: number;
  /** Cores the generator may use before it is itself the bottleneck. */
  readonly cores: number;
}

export const defaultLimits: ValidityLimits = { rateOffRatio: 0.01, lagMsP99: 5, cores: 0.8 };

/** @param limits the gate of a measured run is stricter than that of a demonstration */
export function summaryOf(
  facts: RunFacts,
  totals: Totals,
  limits: ValidityLimits = defaultLimits,
): AttackSummary {
  const elapsedMs = Math.max(facts.durationMs, totals.lastSentMs);
  const left = totals.sent - totals.outcomes.dropped;
  const achievedRps = elapsedMs === 0 ? 0 : (left * 1000) / elapsedMs;
  return {
    ...facts,
    ...totals,
    achievedRps,
    invalid: invalidReasons(facts, totals, achievedRps, limits),
  };
}

function invalidReasons(
  facts: RunFacts,
  totals: Totals,
  achievedRps: number,
  limits: ValidityLimits,
): string[] {
  const { scheduled, rateRps } = facts;
  const { sent, outcomes, lagMsP99 } = totals;
  const offRatio = Math.abs(achievedRps / rateRps - 1);
  // One that spins uses a whole core by design: only its lateness tells whether that was enough.
  const cores = facts.wait === 'spin' ? 0 : facts.cpuMs / Math.max(1, facts.durationMs);
  const findings: readonly (readonly [broken: boolean, sentence: string])[] = [
    [sent === 0, 'Nothing was sent.'],
    [sent !== scheduled, `${scheduled} requests were scheduled, ${sent} are accounted for.`],
    [outcomes.dropped > 0, `The generator dropped ${outcomes.dropped} requests at its own bound.`],
    [
      offRatio > rateTolerance(facts, limits),
      `The rate was ${achievedRps.toFixed(1)} a second, not ${rateRps}.`,
    ],
    [
      lagMsP99 > limits.lagMsP99,
      `1 % of the requests left more than ${lagMsP99.toFixed(1)} ms late (limit ${limits.lagMsP99}).`,
    ],
    [cores > limits.cores, `The generator used ${cores.toFixed(2)} cores (limit ${limits.cores}).`],
  ];
  return findings.filter(([broken]) => broken).map(([, sentence]) => sentence);
}

// One arrival more or less is in the nature of a schedule that is cut off somewhere.
function rateTolerance({ arrivals, scheduled }: RunFacts, limits: ValidityLimits): number {
  const count = Math.max(1, scheduled);
  const chance = arrivals === 'poisson' ? 3 / Math.sqrt(count) : 0;
  return limits.rateOffRatio + chance + 1 / count;
}
