// runtime/backoff.ts: how long to wait before a dead process is started, or a replica asked, again.
// Pure; the rule of Docker’s `restart: always`. Called by the supervisor and by the monolith’s primary.

export const firstDelayMs = 100;
export const longestDelayMs = 10_000;
/** How long a replica that refused, broke off or is leaving is passed over. */
export const OUT_MS = 1000;

/** A process that lived this long was well: the next wait starts small again. */
export const provenAfterMs = 10_000;

/**
 * @param previousDelayMs the wait before the run that just ended; undefined for the first run
 * @param upMs how long that run lived
 * @param provenMs after how long a process counts as well; an experiment that crashes one process
 *   again and again sets it low, or the waits would add up and be blamed on the shape
 * @returns 100, doubling up to 10 000
 */
export function nextDelayMs(
  previousDelayMs: number | undefined,
  upMs: number,
  provenMs: number = provenAfterMs,
): number {
  if (previousDelayMs === undefined || upMs >= provenMs) return firstDelayMs;
  return Math.min(previousDelayMs * 2, longestDelayMs);
}
