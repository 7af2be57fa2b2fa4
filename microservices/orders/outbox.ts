// orders/outbox.ts: carries stored events to their followers, at least once and in order.
// Made by server.ts; controller.ts kicks it after each commit.
import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import { deleteEvent, type Follower, findEvents, followers } from './model.ts';

export interface Outbox {
  /** There is something new to carry. */
  kick(): void;
  /** Finishes the delivery under way; what is left stays stored for the next start. */
  close(): Promise<void>;
}

type Deliver = (event: OrderEvent) => Promise<void>;

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2000;

/** Starts at once with what an earlier process left behind. */
export function createOutbox(
  db: Database,
  deliverTo: Record<Follower, { deliver: Deliver }>,
  log: Logger,
): Outbox {
  const carriers = followers.map((follower) =>
    createCarrier(db, follower, deliverTo[follower].deliver, log),
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

/** One follower's deliveries: oldest first, and no newer one before it has arrived. */
function createCarrier(db: Database, follower: Follower, deliver: Deliver, log: Logger): Outbox {
  const closing = new AbortController();
  let kicked = false;
  let running: Promise<void> | undefined;

  async function carryAll(): Promise<void> {
    let waitMs = FIRST_WAIT_MS;
    while (kicked && !closing.signal.aborted) {
      kicked = false;
      try {
        while (await carrySome(db, follower, deliver, closing.signal));
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

/** @returns whether there may be more */
async function carrySome(
  db: Database,
  follower: Follower,
  deliver: Deliver,
  closing: AbortSignal,
): Promise<boolean> {
  const events = await findEvents(db, follower);
  for (const event of events) {
    if (closing.aborted) return false;
    await deliver(event);
    await deleteEvent(db, follower, event.id);
  }
  return events.length > 0;
}
