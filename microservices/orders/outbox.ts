// orders/outbox.ts: carries stored events to their followers, at least once and oldest first.
// Made by server.ts; controller.ts kicks it after each commit.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import { deleteEvents, findEvents, type OutboxEvent, type Recipient } from './outbox.model.ts';

export interface Outbox {
  /** There is something new to carry. */
  kick(): void;
  /** Finishes the delivery under way; what is left stays stored for the next start. */
  close(): Promise<void>;
}

/** A way to a follower. */
export interface Courier {
  /** How many events it takes at once. */
  readonly mostAtOnce: number;
  /** Resolves when the follower, or a queue before it, has all of them. */
  deliver(events: readonly OutboxEvent[]): Promise<void>;
}

/** Asked at each look at the outbox that finds something. */
export type ChosenCourier = () => Promise<Courier>;
/** Who has none gets nothing; what is stored for them waits. */
export type Couriers = Readonly<Partial<Record<Recipient, ChosenCourier>>>;

export const recipientsOf = (couriers: Couriers) =>
  Object.entries(couriers) as [Recipient, ChosenCourier][];

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2000;

/** Starts at once with what an earlier process left behind. */
export function createOutbox(db: Database, couriers: Couriers, log: Logger): Outbox {
  const carriers = recipientsOf(couriers).map(([follower, courier]) =>
    createCarrier(db, follower, courier, log),
  );
  for (const carrier of carriers) carrier.kick();
  return {
    kick: () => {
      for (const carrier of carriers) carrier.kick();
    },
    close: async () => {
      await Promise.all(carriers.map((carrier) => carrier.close()));
    },
  };
}

/** One follower's deliveries, oldest first: so many at once, and no more before these have arrived. */
function createCarrier(
  db: Database,
  follower: Recipient,
  courier: ChosenCourier,
  log: Logger,
): Outbox {
  const closing = new AbortController();
  let kicked = false;
  let running: Promise<void> | undefined;

  async function carryAll(): Promise<void> {
    let waitMs = FIRST_WAIT_MS;
    while (kicked && !closing.signal.aborted) {
      kicked = false;
      try {
        while (await carrySome(db, follower, courier, closing.signal));
        waitMs = FIRST_WAIT_MS;
      } catch (error) {
        log.warn({ follower, waitMs, reason: (error as Error).message }, 'event not delivered yet');
        await sleep(waitMs, undefined, { signal: closing.signal }).catch(() => {});
        waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
        kicked = true;
      }
    }
    running = undefined;
  }

  return {
    kick() {
      kicked = true;
      running ??= carryAll();
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}

/**
 * Carries the oldest events, as many as one look finds, and crosses out what has arrived.
 * @returns whether there may be more
 */
export async function carrySome(
  db: Database,
  follower: Recipient,
  courier: ChosenCourier,
  closing?: AbortSignal,
): Promise<boolean> {
  const events = await findEvents(db, follower);
  if (events.length === 0) return false;
  const { mostAtOnce, deliver } = await courier();
  for (let from = 0; from < events.length; from += mostAtOnce) {
    if (closing?.aborted) return false;
    const some = events.slice(from, from + mostAtOnce);
    await deliver(some);
    await deleteEvents(db, follower, some);
  }
  return true;
}
