// api-gateway/token-bucket.ts: how AWS throttles: so many a second, and so many at once.
// Called by throttles.ts. "Throttle requests to your REST APIs for better throughput".

export interface Throttle {
  /** Tokens a second. */
  readonly rateLimit: number;
  /** How many tokens the bucket holds, and begins with. */
  readonly burstLimit: number;
}

/**
 * @param now milliseconds, of a clock that never goes back
 * @returns takes a token; false when there is none
 */
export function createTokenBucket(
  { rateLimit, burstLimit }: Throttle,
  now: () => number,
): () => boolean {
  let tokens = burstLimit;
  let filledAtMs = now();
  return () => {
    const nowMs = now();
    tokens = Math.min(burstLimit, tokens + ((nowMs - filledAtMs) / 1000) * rateLimit);
    filledAtMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
