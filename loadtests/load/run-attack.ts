// load/run-attack.ts: one attack from plan to summary: targeter, pacer, attacker, rows, metrics.
// Run by attack-process.ts in a process of its own, and by tests in theirs.
import { scenarios } from '../scenarios/scenarios.ts';
import type { Targeter } from '../scenarios/shot.ts';
import { attack } from './attacker.ts';
import { createMetrics, type Metrics, type SecondSummary } from './metrics.ts';
import { createPacer, createSchedule, type Pacer, ramped, type Schedule } from './pacer.ts';
import { type AttackPlan, type CompletePlan, completePlan } from './plan.ts';
import { openRows } from './results.ts';
import { type AttackSummary, summaryOf } from './summary.ts';

/** A second as known now; the same second comes again until it is final. */
export interface LiveSecond extends SecondSummary {
  /** False while requests of this second may still be in flight. */
  readonly final: boolean;
}

export interface AttackHooks {
  /** Epoch ms of time 0. */
  readonly onStart?: (startedAtMs: number) => void;
  /** Called each second with the seconds that may have changed, the running one included. */
  readonly onSecond?: (second: LiveSecond) => void;
}

export interface AttackInProcess {
  stop(): void;
  /** Every row is on disk. */
  readonly finished: Promise<AttackSummary>;
}

/** Requests a run may send at most, whatever its plan says. */
const MAX_REQUESTS = 5_000_000;
const LEAD_MS = 50;

/**
 * @param createTargeter tests pass their own; default: the scenario of the plan
 * @throws RangeError for a plan out of bounds
 */
export function runAttack(
  plan: AttackPlan,
  hooks: AttackHooks = {},
  createTargeter: (plan: CompletePlan) => Targeter = targeterOf,
): AttackInProcess {
  const complete = completePlan(plan);
  rehearse(createTargeter(complete));
  const targeter = createTargeter(complete);
  const metrics = createMetrics();
  const rows = openRows(complete.rowsFile);
  const schedule = createSchedule(pacerOf(complete), complete.durationMs, MAX_REQUESTS);
  const startMs = startTime(complete.startAt);
  const startedAtMs = performance.timeOrigin + startMs;
  const startCpuMs = cpuMs();
  const running = attack({
    ...complete,
    nextShot: targeter.nextShot,
    schedule,
    meanGapMs: 1000 / complete.rateRps,
    startMs,
    onRow(row) {
      rows.write(row);
      metrics.add(row);
    },
  });
  hooks.onStart?.(startedAtMs);
  const stopLive = reportLive(metrics, complete, startMs, hooks);
  const conclude = async () => {
    await running.finished;
    stopLive();
    await rows.close();
    return summaryOf(
      { ...factsOf(complete, schedule), startedAtMs, cpuMs: cpuMs() - startCpuMs },
      metrics.totals(),
    );
  };
  return { stop: running.stop, finished: conclude() };
}

function targeterOf({ scenario, seed, keys, runId }: CompletePlan): Targeter {
  const clock = () => performance.now();
  return scenarios[scenario]({ seed, customerKey: keys.customer, runId, clock });
}

function pacerOf(plan: CompletePlan): Pacer {
  const pacer = createPacer(plan);
  return plan.growth === undefined ? pacer : ramped(pacer, plan.growth, plan.durationMs);
}

// Unoptimised code makes the first requests late by 20 ms; this targeter is thrown away.
function rehearse({ nextShot }: Targeter): void {
  for (let shots = 0; shots < 500; shots += 1) nextShot();
}

function factsOf({ runId, rateRps, arrivals, wait }: CompletePlan, schedule: Schedule) {
  return {
    runId,
    rateRps,
    arrivals,
    wait,
    durationMs: schedule.durationMs,
    scheduled: schedule.takenCount,
  };
}

// A short lead lets the first request leave on time instead of during start-up.
function startTime(startAt: number | undefined): number {
  const soonest = performance.now() + LEAD_MS;
  return startAt === undefined ? soonest : Math.max(soonest, startAt - performance.timeOrigin);
}

function reportLive(
  metrics: Metrics,
  { deadlineMs }: CompletePlan,
  startMs: number,
  { onSecond }: AttackHooks,
): () => void {
  if (onSecond === undefined) return () => {};
  let firstOpen = 0;
  const report = (final: (second: number) => boolean) => {
    const current = Math.floor((performance.now() - startMs) / 1000);
    for (let second = firstOpen; second <= current; second += 1) {
      const summary = metrics.second(second);
      if (final(second)) firstOpen = second + 1;
      if (summary !== undefined) onSecond({ ...summary, final: final(second) });
    }
  };
  const settledMs = deadlineMs + SETTLE_MS;
  const isOver = (second: number) => performance.now() - startMs >= (second + 1) * 1000 + settledMs;
  const timer = setInterval(() => report(isOver), 1000);
  return () => {
    clearInterval(timer);
    report(() => true);
  };
}

/** Slack for the sweep that ends a hung request. */
const SETTLE_MS = 100;

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
