// experiments/lateness.ts: whether a generator of single requests kept to its times, or is to be doubted.
// Called by the experiments that send their requests themselves, without an attack.

/** Behind this the generator's own lateness shows in the figures of what is quick. */
const LATE_MS = 50;

/**
 * @param lateMs of each request: when it was sent, less when it was meant to be
 * @param what one of them is called: "an order"
 * @returns a doubt, or none
 */
export function lateness(lateMs: readonly number[], what: string): string[] {
  const most = Math.max(...lateMs);
  return most > LATE_MS ? [`${what} was sent ${most.toFixed(0)} ms late`] : [];
}
