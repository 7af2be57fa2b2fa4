// call-poll-callback/law.ts: what waiting, polling and being called back cost, by arithmetic.
// Read by the definition, its claims and the job server.

export const RATE_RPS = 10;
/** How long jobs take: uniform, whole multiples of the pause at both ends. */
export const shortestMs = 200;
export const longestMs = 600;
/** Between two polls. */
export const POLL_MS = 200;
/** Of deliveries; half of them are refused, half are taken and answered as if they were not. */
export const FAILING = 0.2;
/** AWS's 29 s, scaled 1:20. */
export const gatewayWaitsMs = 29_000 / 20;
/** Of the callbacks; everybody may know it. */
export const secret = 'whsec_dGhlLXNlY3JldC1vZi10aGUtZXhwZXJpbWVudA==';

/** Little's law: requests that are open at a time. */
export const heldByWaiting = (rateRps: number, meanMs: number): number => (rateRps * meanMs) / 1000;

/** A poll comes up to a pause late, all delays alike likely. */
export const pollingAddsMs = (pauseMs: number): number => pauseMs / 2;

/** One to order, and polls until the first after the end: E⌈T/p⌉ for T uniform between multiples of p. */
export function requestsByPolling(fromMs: number, toMs: number, pauseMs: number): number {
  const first = fromMs / pauseMs + 1;
  const last = toMs / pauseMs;
  return 1 + (first + last) / 2;
}

/** One to order, and deliveries until one is answered well. */
export const requestsByCallback = (failing: number): number => 1 + 1 / (1 - failing);
