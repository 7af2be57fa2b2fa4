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

/**
 * The first round takes all that an earlier process left; later rounds only what is old: orders whose
 * rejection could not be written, because the database was locked or full.
 */
export function keepRecovering(shop: Pick<Shop, 'db'>, log: Logger): { close(): Promise<void> } {
  const closing = new AbortController();
  const startedAt = new Date();

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      const old = new Date(Date.now() - ABANDONED_AFTER_MS);
      try {
        const found = await recoverOrders(shop, old > startedAt ? old : startedAt);
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
