// api-gateway/throttles.ts: one token bucket for each thing that has a limit of its own.
// Called by usage.ts for a key and by admission.ts for a method and the account.
import { createTokenBucket, type Throttle } from './token-bucket.ts';

export interface Throttles {
  /**
   * @param key what is limited; the same key with another limit begins with a full bucket
   * @param throttle undefined is no limit
   * @returns false when the request is one too many
   */
  admits(key: string, throttle: Throttle | undefined): boolean;
}

/** AWS calls its throttling "best effort"; here it is exact. */
export function createThrottles(now: () => number): Throttles {
  const buckets = new Map<string, { throttle: Throttle; take: () => boolean }>();
  return {
    admits(key, throttle) {
      if (throttle === undefined) return true;
      const known = buckets.get(key);
      if (known?.throttle === throttle) return known.take();
      const take = createTokenBucket(throttle, now);
      buckets.set(key, { throttle, take });
      return take();
    },
  };
}
