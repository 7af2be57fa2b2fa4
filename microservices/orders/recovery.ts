// orders/recovery.ts: at the start, and every second after, finishes what could not be finished.
// Called by server.ts; by handler.ts one round at a time.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@lab/shared/runtime/log.ts';
import type { Shop } from './app.ts';
import { recoverOrders } from './controller.ts';

const EVERY_MS = 1000;
/** Longer than any checkout of any process can take: its calls time out long before. */
const ABANDONED_AFTER_MS = 10_000;

// DIFFERS: who must undo something may not be up yet, docs/decisions/0006
/**
 * The first round takes all that an earlier process left; later rounds only what is old.
 * The start does not wait for it: the services that must undo something may not be up yet.
 * @param process not alone when others work on the same database: then no round takes but what is old
 */
export function keepRecovering(
  shop: Shop,
  log: Logger,
  { isAlone }: { isAlone: boolean },
): { close(): Promise<void> } {
  const closing = new AbortController();
  const startedAt = new Date();

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      const old = abandoned();
      await recoverOnce(shop, log, isAlone && old < startedAt ? startedAt : old);
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

// DIFFERS: a function has no rounds of its own, docs/decisions/0031
/** One round. What fails is left to the next. @param before what is older is nobody's any more */
export async function recoverOnce(shop: Shop, log: Logger, before = abandoned()): Promise<void> {
  try {
    const found = await recoverOrders(shop, before);
    if (found > 0) log.warn({ found }, 'rejected orders that a crash interrupted');
  } catch (error) {
    log.error({ err: error }, 'recovery failed, trying again');
  }
}

const abandoned = () => new Date(Date.now() - ABANDONED_AFTER_MS);
