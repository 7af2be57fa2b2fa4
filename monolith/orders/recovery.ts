// orders/recovery.ts: at the start, and every second after, finishes what could not be finished.
// Called by server.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@lab/shared/runtime/log.ts';
import type { Shop } from '../app.ts';
import { recoverOrders } from './controller.ts';

const EVERY_MS = 1000;
// DIFFERS: no call times out here, and an injected latency may be long, docs/decisions/0006
/** Longer than a checkout of this process takes; one that takes longer is called off, and says so. */
const ABANDONED_AFTER_MS = 60_000;
/** Beside other workers, whose orders are under way: one of them may have died, and left some. */
const ABANDONED_BY_ANY_AFTER_MS = 10_000;

/**
 * The first round takes all that an earlier process left; later rounds only what is old: orders whose
 * rejection could not be written, because the database was locked or full.
 * @param process not alone when others work on the same database: then no round takes but what is old
 */
export function keepRecovering(
  shop: Pick<Shop, 'db'>,
  log: Logger,
  { isAlone }: { isAlone: boolean },
): { close(): Promise<void> } {
  const closing = new AbortController();
  const startedAt = new Date();

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      const afterMs = isAlone ? ABANDONED_AFTER_MS : ABANDONED_BY_ANY_AFTER_MS;
      const old = new Date(Date.now() - afterMs);
      try {
        const found = await recoverOrders(shop, isAlone && old < startedAt ? startedAt : old);
        if (found > 0) log.warn({ found }, 'rejected orders that were interrupted');
      } catch (error) {
        log.error({ err: error }, 'recovery failed, trying again');
      }
      await sleep(EVERY_MS, undefined, { signal: closing.signal }).catch(() => {});
    }
  }

  const running = run();
  return {
    async close() {
      closing.abort();
      await running;
    },
  };
}
