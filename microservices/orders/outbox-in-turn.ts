// orders/outbox-in-turn.ts: the outbox of a function, which stands still between its invocations.
// Made by handler.ts, which settles it at the end of each invocation; controller.ts kicks it.
import type { Database } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import type { Recipient } from './outbox.model.ts';
import {
  type ChosenCourier,
  type Couriers,
  carrySome,
  type Outbox,
  recipientsOf,
} from './outbox.ts';

export interface OutboxInTurn extends Pick<Outbox, 'kick'> {
  /** After a kick: carries some to each follower. What fails waits for the next turn. */
  settle(): Promise<void>;
  /** Carries all there is, to every follower that takes it. */
  drain(): Promise<void>;
}

export function createOutboxInTurn(db: Database, couriers: Couriers, log: Logger): OutboxInTurn {
  const recipients = recipientsOf(couriers);
  let kicked = false;

  /** @returns whether there may be more that can be carried */
  async function carry([follower, courier]: [Recipient, ChosenCourier]): Promise<boolean> {
    try {
      return await carrySome(db, follower, courier);
    } catch (error) {
      log.warn({ follower, reason: (error as Error).message }, 'event not delivered yet');
      return false;
    }
  }
  async function carryAll(recipient: [Recipient, ChosenCourier]): Promise<void> {
    while (await carry(recipient));
  }

  return {
    kick() {
      kicked = true;
    },
    async settle() {
      if (!kicked) return;
      kicked = false;
      await Promise.all(recipients.map(carry));
    },
    async drain() {
      await Promise.all(recipients.map(carryAll));
    },
  };
}
