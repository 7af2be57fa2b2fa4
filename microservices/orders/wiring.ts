// orders/wiring.ts: which ways to the followers there are, and which one is taken now.
// Made by server.ts and handler.ts; read by neighbours.ts at each look at the outbox.
import type { Coupling } from '@lab/shared/contract/couplings.ts';
import { BadConfig } from '@lab/shared/runtime/config.ts';
import type { Queries } from '@lab/shared/runtime/database.ts';
import type { OrdersConfig } from './config.ts';
import { findCoupling } from './coupling.model.ts';

export interface Wiring {
  /** Until somebody switches it. */
  readonly initial: Coupling;
  /** The variable that would have to name a queue; undefined when there are all. */
  readonly missing: string | undefined;
}

/** @throws BadConfig when it is to begin with queues that are not there */
export function wiringOf(config: OrdersConfig): Wiring {
  const queues = ['NOTIFICATIONS_QUEUE_URL', 'REPORTS_QUEUE_URL', 'PAYMENTS_QUEUE_URL'] as const;
  const missing = queues.find((name) => config[name] === '');
  const initial = config.LAB_COUPLING;
  if (initial === 'queue' && missing !== undefined)
    throw new BadConfig(`LAB_COUPLING is "queue": then ${missing} must name a queue.`);
  return { initial, missing };
}

/** Without queues by call, and no database is asked: what was switched waits until they are back. */
export async function currentCoupling(
  db: Queries,
  { initial, missing }: Wiring,
): Promise<Coupling> {
  return missing === undefined ? ((await findCoupling(db)) ?? initial) : 'sync';
}
