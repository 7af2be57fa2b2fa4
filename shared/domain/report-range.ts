// domain/report-range.ts: which days a report may be asked for.
// Called by both reports/controller.ts.
import { problem } from './problems.ts';

/**
 * Days that are in the calendar are the contract's business; here, their order.
 * @throws INVALID_REQUEST (400) when `to` is before `from`
 */
export function checkRange({ from, to }: { from?: string; to?: string }): void {
  if (from === undefined || to === undefined || from <= to) return;
  const errors = [{ at: 'query/to', problem: 'must not be before from' }];
  throw problem('invalidRequest', 'query/to must not be before from.', { errors });
}
