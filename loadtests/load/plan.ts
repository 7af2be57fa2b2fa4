// load/plan.ts: what an attack is asked to do, and the bounds it is held to.
// Written by the experiments, checked on both sides of the process boundary.
import { randomUUID } from 'node:crypto';
import { type ScenarioName, scenarioNames } from '../scenarios/names.ts';

/** Plain data: it crosses a process boundary. */
export interface AttackPlan {
  /** http://127.0.0.1:<port>; load goes nowhere else. */
  readonly baseUrl: string;
  readonly scenario: ScenarioName;
  /** Mean arrivals a second, above 0 and at most 5,000. */
  readonly rateRps: number;
  readonly arrivals: 'constant' | 'poisson';
  /** Left out: until stop(), and at most 30 minutes. */
  readonly durationMs?: number;
  /** From the intended send time; default 2,000. */
  readonly deadlineMs?: number;
  /** A good answer above it is slow; default 500. */
  readonly sloMs?: number;
  readonly seed: number;
  readonly keys: { readonly customer: string };
  /** Created or replaced; one JSON line a request. */
  readonly rowsFile: string;
  /** Epoch ms of time 0, to start several attacks together; default: as soon as it can. */
  readonly startAt?: number;
  /** Default: what a total hang needs at this rate, 64–2,000. */
  readonly maxInFlight?: number;
  /** Part of every Idempotency-Key; default: a new one. Letters, digits, dashes. */
  readonly runId?: string;
}

export type CompletePlan = AttackPlan &
  Required<Pick<AttackPlan, 'durationMs' | 'deadlineMs' | 'sloMs' | 'maxInFlight' | 'runId'>>;

export const MAX_DURATION_MS = 30 * 60_000;
export const MAX_RATE_RPS = 5000;

/**
 * Fills in the defaults.
 * @throws RangeError naming the field that is out of bounds
 */
export function completePlan(plan: AttackPlan): CompletePlan {
  refuseOtherMachines(plan.baseUrl);
  const deadlineMs = plan.deadlineMs ?? 2000;
  const complete = {
    ...plan,
    durationMs: plan.durationMs ?? MAX_DURATION_MS,
    deadlineMs,
    sloMs: plan.sloMs ?? 500,
    maxInFlight: plan.maxInFlight ?? defaultInFlight(plan.rateRps, deadlineMs),
    runId: plan.runId ?? randomUUID(),
  };
  within('rateRps', plan.rateRps, 0.1, MAX_RATE_RPS);
  within('durationMs', complete.durationMs, 1, MAX_DURATION_MS);
  within('deadlineMs', deadlineMs, 10, 60_000);
  within('sloMs', complete.sloMs, 1, 60_000);
  within('maxInFlight', complete.maxInFlight, 1, 10_000);
  if (!scenarioNames.includes(plan.scenario)) throw new RangeError(`no scenario ${plan.scenario}`);
  return complete;
}

/**
 * Load is for this machine only; `localhost` is refused as well, because it may be ::1.
 * @throws RangeError unless the URL is http://127.0.0.1
 */
export function refuseOtherMachines(baseUrl: string): void {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url?.protocol === 'http:' && url.hostname === '127.0.0.1') return;
  throw new RangeError(`Load goes to http://127.0.0.1 only, not to ${baseUrl}.`);
}

// Everything that arrives within a deadline hangs when the target does; a quarter on top.
function defaultInFlight(rateRps: number, deadlineMs: number): number {
  return Math.min(2000, Math.max(64, Math.ceil(((rateRps * deadlineMs) / 1000) * 1.25)));
}

/** @throws RangeError naming the field, its value and its bounds */
export function within(name: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw new RangeError(`${name} is ${value}: it must be ${min} to ${max}.`);
}
