// orders/outbox-in-turn.ts: the outbox of a function, which stands still between its invocations.
// Made by handler.ts, which settles it at the end of each invocation; controller.ts kicks it.
import type { Database } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import { type Follower, followers } from './model.ts';
import { type Couriers, carrySome, type Outbox } from './outbox.ts';

export interface OutboxInTurn extends Pick<Outbox, 'kick'> {
  /** After a kick: carries some to each follower. What fails waits for the next turn. */
  settle(): Promise<void>;
  /** Carries all there is, to every follower that takes it. */
  drain(): Promise<void>;
}

export function createOutboxInTurn(db: Database, couriers: Couriers, log: Logger): OutboxInTurn {
  let kicked = false;

  /** @returns whether there may be more that can be carried */
  async function carry(follower: Follower): Promise<boolean> {
    try {
      return await carrySome(db, follower, couriers[follower]);
    } catch (error) {
      log.warn({ follower, reason: (error as Error).message }, 'event not delivered yet');
      return false;
    }
  }
  async function carryAll(follower: Follower): Promise<void> {
    while (await carry(follower));
  }

  return {
    kick() {
      kicked = true;
    },
    async settle() {
      if (!kicked) return;
      kicked = false;
      await Promise.all(followers.map(carry));
    },
    async drain() {
      await Promise.all(followers.map(carryAll));
    },
  };
}
