// webhooks/rounds.ts: delivers the callbacks that are due, at least once each, and tries again later.
// Called by a background worker, every second; what is due is kept in a store that outlives a crash.
import type { Callback, Outcome, Send } from './send.ts';

export interface DueCallback extends Callback {
  /** How many were begun so far. */
  readonly attempts: number;
}

export interface CallbackStore {
  /** The oldest that are due, at most `rows`. */
  findDue(now: Date, rows: number): Promise<readonly DueCallback[]>;
  /**
   * Counts an attempt before it is made, so that one which kills the process counts too.
   * @returns false when somebody else has begun it: `attempts` is no longer what was found
   */
  claim(due: DueCallback, nextAt: Date): Promise<boolean>;
  /** There will be no further attempt. */
  finish(id: string, outcome: Outcome): Promise<void>;
}

export interface RoundOptions {
  readonly send: Send;
  /** How long `send` may take: until then nobody else begins the same callback. */
  readonly timeoutMs: number;
  readonly now: () => Date;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

export const MAX_ATTEMPTS = 8;
const AT_ONCE = 20;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

/**
 * One round: up to 20 callbacks at once, one attempt each.
 * @returns how many it found
 */
export async function carryDue(store: CallbackStore, options: RoundOptions): Promise<number> {
  const found = await store.findDue(options.now(), AT_ONCE);
  await Promise.all(found.map((due) => carry(store, due, options)));
  return found.length;
}

/**
 * 1 s, doubling up to 60 s; between half of it and all of it, so that callbacks which failed together
 * do not come back together.
 * @param attempts how many were made, at least 1
 */
export function waitBeforeNextMs(attempts: number, random: () => number): number {
  const wholeMs = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
  return (wholeMs * (1 + random())) / 2;
}

async function carry(
  store: CallbackStore,
  due: DueCallback,
  { send, timeoutMs, now, random }: RoundOptions,
): Promise<void> {
  const attempts = due.attempts + 1;
  // A crash can come between the last attempt and its end.
  const crashed: Outcome = { kind: 'failed', reason: `not delivered in ${MAX_ATTEMPTS} attempts` };
  if (attempts > MAX_ATTEMPTS) return store.finish(due.id, crashed);
  const waitMs = timeoutMs + waitBeforeNextMs(attempts, random);
  if (!(await store.claim(due, new Date(now().getTime() + waitMs)))) return;
  const outcome = await send(due, due.attempts);
  if (outcome.kind !== 'failed' || attempts === MAX_ATTEMPTS) await store.finish(due.id, outcome);
}
