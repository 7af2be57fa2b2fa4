// load/plan.ts: what an attack is asked to do, and the bounds it is held to.
// Written by the experiments, checked on both sides of the process boundary.
import { randomUUID } from 'node:crypto';
import { type ScenarioName, scenarioNames } from '../scenarios/names.ts';

/** Plain data: it crosses a process boundary. */
export interface AttackPlan {
  /** http://127.0.0.1:<port>, or a shop beside the load container; load goes nowhere else. */
  readonly baseUrl: string;
  readonly scenario: ScenarioName;
  /** Mean arrivals a second, above 0 and at most 5,000. */
  readonly rateRps: number;
  readonly arrivals: 'constant' | 'poisson';
  /** Left out: until stop(), and at most 30 minutes. */
  readonly durationMs?: number;
  /** Rate at the end of the duration ÷ at its start, up to 100; left out: it does not change. */
  readonly growth?: number;
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
  /**
   * Between arrivals: `poll` (default) sleeps and polls the last ms. `spin` burns a whole core; it
   * pays from about 500 a second, where polling leaves it to timers, and only on a core of its own.
   */
  readonly wait?: 'poll' | 'spin';
  /** Part of every Idempotency-Key; default: a new one. Letters, digits, dashes. */
  readonly runId?: string;
}

export type CompletePlan = AttackPlan &
  Required<
    Pick<AttackPlan, 'durationMs' | 'deadlineMs' | 'sloMs' | 'maxInFlight' | 'wait' | 'runId'>
  >;

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
    wait: plan.wait ?? 'poll',
    runId: plan.runId ?? randomUUID(),
  };
  within('rateRps', plan.rateRps, 0.1, MAX_RATE_RPS);
  if (plan.growth !== undefined) within('growth', plan.growth, 1.01, 100);
  within('durationMs', complete.durationMs, 1, MAX_DURATION_MS);
  within('deadlineMs', deadlineMs, 10, 60_000);
  within('sloMs', complete.sloMs, 1, 60_000);
  within('maxInFlight', complete.maxInFlight, 1, 10_000);
  if (!scenarioNames.includes(plan.scenario)) throw new RangeError(`no scenario ${plan.scenario}`);
  return complete;
}

/**
 * Load is for this machine only; `localhost` is refused as well, because it may be ::1. In its
 * container the shops of the same network count as this machine.
 * @throws RangeError unless the URL is http://127.0.0.1, or http:// and one of these
 */
export function refuseOtherMachines(baseUrl: string): void {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const allowed = ['127.0.0.1', ...networkHosts()];
  if (url?.protocol === 'http:' && allowed.includes(url.hostname)) return;
  const origins = allowed.map((host) => `http://${host}`).join(', ');
  throw new RangeError(`Load goes to ${origins} only, not to ${baseUrl}.`);
}

// Set in docker-compose.yml alone. Only names without a dot: no host of the internet is one.
function networkHosts(): string[] {
  const hosts = process.env.LOAD_HOSTS?.split(',') ?? [];
  return hosts.filter((host) => /^[a-z][a-z0-9-]*$/.test(host));
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
