// audit/run-audit.ts: one shape's audit: checkouts under a rain of SIGKILLs, then the books.
// Called by commands/audit.ts, once a shape.
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '@lab/shared/domain/random.ts';
import type { Platform, RunningTarget } from '../targets/platform.ts';
import type { Target } from '../targets/targets.ts';
import { type Plan, planCheckouts } from './checkout-plan.ts';
import { type Customer, createCustomer } from './customer.ts';
import type { Evidence, Told } from './evidence.ts';
import { type Finding, verify } from './invariants.ts';
import { type Killer, killingMsMax, startKilling } from './killer.ts';
import { readEvidence } from './read-databases.ts';
import { settle } from './settle.ts';

export interface AuditOptions {
  readonly platform: Platform;
  readonly orders: number;
  readonly concurrency: number;
  readonly killEveryMs: number;
  readonly seed: number;
  /** Ends the run early, without a result. */
  readonly stopped: AbortSignal;
  onProgress(progress: Progress): void;
}

export interface Progress {
  readonly phase: 'starting' | 'checking out' | 'settling' | 'verifying';
  readonly told: readonly Told[];
  readonly kills: number;
}

export interface AuditResult {
  readonly target: string;
  readonly told: readonly Told[];
  readonly kills: Readonly<Record<string, number>>;
  /** Processes started after the first of each component and database. */
  readonly restarts: number;
  readonly findings: readonly Finding[];
  readonly totals: Totals;
  readonly elapsedMs: number;
}

/** Whole euro cents of the confirmed orders, of the charges kept, and of the books. */
export interface Totals {
  readonly soldCents: number;
  readonly chargedCents: number;
  /** Undefined where the orders are the books. */
  readonly bookedCents: number | undefined;
}

/** Whoever came before the first kill still asks after the last: by then a slow shop is up again. */
const patienceMs = killingMsMax + 60_000;
const settleMsMax = 60_000;
/** Where it can be set: a killed process is started again after 100 ms, however often it was. */
const PROVEN_AFTER_MS = 500;

/**
 * @returns undefined when it was stopped; in any case nothing is left running
 * @throws CannotStart when the shape does not start, or does not come back after the last kill
 */
export async function runAudit(
  target: Target,
  options: AuditOptions,
): Promise<AuditResult | undefined> {
  const beganMs = performance.now();
  const told: Told[] = [];
  let killer: Killer | undefined;
  const report = (phase: Progress['phase']) =>
    options.onProgress({ phase, told, kills: sumOf([...(killer?.kills.values() ?? [])]) });
  report('starting');
  const running = await options.platform.start(target, {
    fresh: true,
    provenAfterMs: PROVEN_AFTER_MS,
    env: { RATE_LIMIT_RPS: '1000000' },
    logLevel: 'error',
  });
  try {
    const { seed, killEveryMs: everyMs } = options;
    killer = startKilling(running, { everyMs, random: seededRandom(seed + 1) });
    await checkOutAll(running, options, told, () => report('checking out'));
    if (options.stopped.aborted) return undefined;
    report('settling');
    await killer.stop();
    await settle(running, settleMsMax);
    report('verifying');
    const evidence = await readEvidence(running);
    return {
      target: target.name,
      told,
      kills: Object.fromEntries([...killer.kills].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      restarts: restartsOf(running),
      findings: verify(told, evidence),
      totals: totalsOf(evidence),
      elapsedMs: performance.now() - beganMs,
    };
  } finally {
    killer?.end();
    await running.stop();
  }
}

async function checkOutAll(
  { baseUrl }: RunningTarget,
  { orders, concurrency, seed, stopped }: AuditOptions,
  told: Told[],
  report: () => void,
): Promise<void> {
  const random = seededRandom(seed + 2);
  const customer = createCustomer({ baseUrl, patienceMs, random, stopped });
  const plans = planCheckouts(orders, seed).values();
  // The workers share one iterator: each takes the next plan when it is free.
  const worker = async () => {
    for (const plan of plans) {
      if (stopped.aborted) return;
      await sleep(plan.thinkMs);
      told.push(await follow(customer, plan));
      report();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  await customer.close();
}

async function follow(customer: Customer, plan: Plan): Promise<Told> {
  const told = await customer.checkOut(plan.key, plan.body);
  return plan.cancels && told.verdict === 'confirmed' ? customer.cancel(told) : told;
}

function restartsOf({ events, components, databases }: RunningTarget): number {
  const first = components.length + databases.length;
  return events.filter(({ kind }) => kind === 'started').length - first;
}

function totalsOf({ orders, payments, sales }: Evidence): Totals {
  const confirmed = orders.filter(({ status }) => status === 'confirmed');
  const charged = payments.filter(({ status }) => status === 'charged');
  return {
    soldCents: sumOf(confirmed.map(({ totalCents }) => totalCents)),
    chargedCents: sumOf(charged.map(({ amountCents }) => amountCents)),
    bookedCents: sales && sumOf(sales.map(({ revenueCents }) => revenueCents)),
  };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
