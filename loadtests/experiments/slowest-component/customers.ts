// slowest-component/customers.ts: orders at a steady rate, whatever becomes of those before.
// Called by arms.ts; latency counts from the time at which an order was meant to be sent.
import { setTimeout as sleep } from 'node:timers/promises';

export interface Attempt {
  readonly id: string;
  /** Ms since 1970, as the times of what is done. */
  readonly meantAtMs: number;
  readonly sentAtMs: number;
  /** Null: refused, or the answer said that it failed. */
  readonly acknowledgedAtMs: number | null;
}

export interface Crowd {
  readonly attempts: readonly Attempt[];
  /** Acknowledged so far. */
  readonly accepted: number;
  /** Resolves when all are sent and answered. */
  readonly finished: Promise<void>;
}

/**
 * @param gapMs between two orders
 * @param place rejects when the order was not taken on
 */
export function sendCrowd(
  ids: readonly string[],
  gapMs: number,
  place: (id: string) => Promise<void>,
  signal: AbortSignal,
): Crowd {
  const attempts: Attempt[] = [];
  const crowd = { attempts, accepted: 0, finished: Promise.resolve() };
  const beganMs = now();
  const send = async (id: string, meantAtMs: number) => {
    await sleep(Math.max(0, meantAtMs - now()), undefined, { signal });
    const sentAtMs = now();
    const taken = await place(id).then(
      () => true,
      () => false,
    );
    if (taken) crowd.accepted += 1;
    attempts.push({ id, meantAtMs, sentAtMs, acknowledgedAtMs: taken ? now() : null });
  };
  const all = ids.map((id, at) => send(id, beganMs + at * gapMs));
  crowd.finished = Promise.all(all).then(() => {});
  return crowd;
}

/** Of the system's clock, but without its steps. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
