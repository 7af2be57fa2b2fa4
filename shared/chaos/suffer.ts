// chaos/suffer.ts: what each kind of fault does to one call into a component.
// Called by the switchboard for every call that meets a fault.
import type { Fault } from '../contract/chaos.ts';
import { problem } from '../domain/problems.ts';
import type { DatabaseFaults, Hold } from '../runtime/database-faults.ts';
import { distort } from './distort.ts';
import { keptObjects } from './leak.ts';
import type { Line } from './line.ts';

/** A fault that is on, and what it has taken so far. */
export interface Struck {
  readonly component: string;
  readonly fault: Fault;
  /** Milliseconds since the epoch. */
  readonly untilMs: number;
  /** Ends what the fault holds before its time. */
  readonly healed: AbortSignal;
  /** Where the calls of a latency wait. */
  readonly line: Line;
  /** What the calls have leaked: alive as long as this is. */
  readonly kept: object[];
  /** While the fault takes and holds the database: one hold at a time. */
  holding: boolean;
}

export interface Surroundings {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Uniform in [0, 1). */
  random: () => number;
  /** Undefined for a component without one: the switchboard refuses the faults that want it. */
  database: DatabaseFaults | undefined;
  /** What faults hold at this moment, or are about to; a hold leaves it when it is over. */
  holds: Set<Promise<void>>;
}

/** @throws INJECTED_FAULT or a TypeError, when that is the fault; else what `work` throws */
export async function suffer<Result>(
  struck: Struck,
  work: () => Promise<Result>,
  { now, random, database, holds }: Surroundings,
): Promise<Result> {
  const { component, fault, kept, healed } = struck;
  // Told to the holder beforehand: a loop that stands still could not tell it when the fault is over.
  const atMost = (ms: number) => Math.max(1, Math.min(ms, struck.untilMs - now()));
  switch (fault.kind) {
    case 'latency':
      await struck.line.pass(() => sleep(fault.latencyMs + random() * (fault.jitterMs ?? 0)));
      return work();
    case 'error':
      throw injected(component, fault.status ?? 503);
    case 'exception':
      throw new TypeError(`injected exception in ${component}`);
    case 'wrong':
      return distort(await work());
    case 'crash':
      return crash(component);
    case 'rejection':
      return reject(component);
    case 'hang':
      block(fault.hangMs, now);
      return work();
    case 'leak':
      kept.push(keptObjects(fault.leakMb ?? 8));
      return work();
    case 'slow-query':
      await database?.runSlowly(fault.queryMs);
      return work();
    case 'db-lock':
      hold(struck, holds, () => database?.lockWrites(atMost(fault.lockMs), healed));
      return work();
    case 'pool':
      hold(struck, holds, () => database?.takePool(atMost(fault.holdMs), healed));
      return work();
  }
}

function injected(component: string, status: number): Error {
  const answer = problem('injected', `${component} was told to fail.`, { component });
  return Object.assign(answer, { status });
}

/** An error nobody catches: Node ends the process, and this call never returns. */
function crash(component: string): Promise<never> {
  setImmediate(() => {
    throw new Error(`injected crash in ${component}`);
  });
  return new Promise(() => {});
}

/** The same end by another road: background work that fails, and that nobody awaits. */
function reject(component: string): Promise<never> {
  void Promise.reject(new Error(`injected rejection in ${component}`));
  return new Promise(() => {});
}

/** Holds the event loop, as an endless loop in a handler would. */
function block(ms: number, now: () => number): void {
  const end = now() + ms;
  while (now() < end);
}

/**
 * Begins a hold unless one lasts, and does not wait for it: the call may be inside the very
 * transaction that the hold has to wait for. One that cannot be had is tried again at the next call.
 */
function hold(
  struck: Struck,
  holds: Surroundings['holds'],
  take: () => Promise<Hold> | undefined,
): void {
  if (struck.holding) return;
  struck.holding = true;
  const lasting = holdUntilOver(take).then(() => {
    struck.holding = false;
    holds.delete(lasting);
  });
  holds.add(lasting);
}

async function holdUntilOver(take: () => Promise<Hold> | undefined): Promise<void> {
  await take()
    ?.then(({ over }) => over)
    .catch(() => {});
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
