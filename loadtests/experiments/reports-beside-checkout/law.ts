// reports-beside-checkout/law.ts: what a report that stands in the way does to a p99, by arithmetic.
// Read by the claims and figures; nothing here is measured.

/** Between one report and the next, ms. */
export const EVERY_MS = 1000;
/** Reports asked for at once. */
export const BURST = 30;

/**
 * The p99 of who is served by the same loop as a report: a request that arrives while it runs waits for
 * the rest of it, so of all requests (reportMs − x) ÷ everyMs wait longer than x.
 * @param reportMs how long the loop is taken, at most `everyMs`
 * @returns ms, 0 where fewer than one in a hundred wait at all
 */
export const waitOnLoopP99 = (reportMs: number, everyMs = EVERY_MS): number =>
  Math.max(0, Math.min(reportMs, everyMs) - everyMs / 100);

/** How long who reads one report after the other needs for `count` of them, ms. */
export const inLineMs = (reportMs: number, count = BURST): number => reportMs * count;

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** When an order's id was made, ms since 1970: the first ten places of a ULID. */
export const madeAtMs = (orderId: string): number =>
  [...orderId.replace(/^ord_/, '').slice(0, 10)].reduce(
    (ms, letter) => ms * 32 + CROCKFORD.indexOf(letter),
    0,
  );
