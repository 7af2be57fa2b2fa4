// audit/settle.ts: waits until a shop has nothing left to do, for a bounded time.
// Called by run-audit.ts and by the crash tests before they verify.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stored } from '../targets/platform.ts';
import { isSettled } from './evidence.ts';
import { readPending } from './read-databases.ts';

const lookEveryMs = 100;

/**
 * Resolves when no order is half placed, no event undelivered and nothing called off is still to be
 * undone; or after `limitMs`, and then the verification says what was left.
 */
export async function settle(shop: Stored, limitMs: number): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!isSettled(await readPending(shop)) && performance.now() < endMs) await sleep(lookEveryMs);
}
