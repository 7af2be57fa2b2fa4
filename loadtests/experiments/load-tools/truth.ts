// load-tools/truth.ts: what is true of a server that stands still at known times, by arithmetic.
// Used by the experiment for its predictions and by its figures for the dashed line; pure.

/** Answers take `serviceMs`, but every `everyMs` nothing happens for `stallMs`. */
export interface Stall {
  readonly serviceMs: number;
  readonly stallMs: number;
  readonly everyMs: number;
}

/**
 * Share of uniform arrivals that wait longer than `ms`. One that comes v into the stall is read at
 * its end and takes D − v + S; one that comes u ≤ S before it is answered after it and takes D + u.
 */
export function shareAbove({ serviceMs, stallMs, everyMs }: Stall, ms: number): number {
  if (ms < serviceMs) return 1;
  const worstMs = stallMs + serviceMs;
  const during = Math.max(0, worstMs - ms);
  const before = Math.min(serviceMs, during);
  return (during + before) / everyMs;
}

/**
 * Latency that a share `q` of uniform arrivals does not exceed; without service time it is
 * D·(1 − (1 − q)·T/D), the 180 ms of a p99 for 200 ms every 2 s.
 * @param q 0 to 1
 */
export function latencyMsAt(stall: Stall, q: number): number {
  const { serviceMs, stallMs, everyMs } = stall;
  const slowerMs = (1 - q) * everyMs;
  const [worstMs, both] = [stallMs + serviceMs, 2 * serviceMs];
  const latencyMs = slowerMs < both ? worstMs - slowerMs / 2 : worstMs + serviceMs - slowerMs;
  return Math.max(serviceMs, latencyMs);
}

/** Without a stall every answer takes the same. */
export function withoutStall(stall: Stall): Stall {
  return { ...stall, stallMs: 0 };
}

/** Beyond the service time by a tenth of the stall: this request has met it. */
export function metStallMs({ serviceMs, stallMs }: Stall): number {
  return serviceMs + stallMs / 10;
}

/**
 * Which part of the stall a tool has seen: the share of its requests that met it, to the share of
 * uniform arrivals that do. 1 is all of it.
 */
export function seenRatio(stall: Stall, latenciesMs: readonly number[]): number {
  const met = latenciesMs.filter((ms) => ms > metStallMs(stall)).length;
  return met / latenciesMs.length / shareAbove(stall, metStallMs(stall));
}
