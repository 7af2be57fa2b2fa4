// domain/report.ts: what a report adds up, and how fresh it is.
// Used by the models of the reports feature in every shape.
import type { Read } from '../contract/reports.ts';

/**
 * Sums, and when the newest order was placed that they know of; null when of none. Of one moment, but on
 * ClickHouse, which is asked twice: there the sums may hold newer orders.
 */
export interface Report<Sum> {
  readonly sums: Sum[];
  readonly newest: string | null;
  /** Where the database tells. */
  readonly read?: Read;
}

/** A row of the statement; without a sum there is one all the same, in which nothing was sold. */
export type ReportRow<Sum> = { newest: string | null } & (Sum | { quantity: null });

export const reportOf = <Sum extends { quantity: number }>(
  rows: readonly ReportRow<Sum>[],
): Report<Sum> => ({
  sums: rows.filter((row): row is { newest: string | null } & Sum => row.quantity !== null),
  newest: rows[0]?.newest ?? null,
});
