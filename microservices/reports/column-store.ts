// reports/column-store.ts: the books where they lie in columns, whichever engine has them; chosen once.
// Called by model.ts and books.ts; rows are in model.ts itself.
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { Order } from '@lab/shared/contract/orders.ts';
import type { RevenueQuery } from '@lab/shared/contract/reports.ts';
import type { Report } from '@lab/shared/domain/report.ts';
import { keepsColumns } from '@lab/shared/runtime/column-database.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import * as books from './books.model.ts';
import * as clickhouse from './clickhouse.model.ts';
import * as columns from './columns.model.ts';
import type { ProductSum, RevenueSum } from './model.ts';

export interface ColumnStore {
  sumRevenue(query: Required<RevenueQuery>): Promise<Report<RevenueSum>>;
  sumProducts(limit: number): Promise<Report<ProductSum>>;
  /** Fills empty books with past orders. */
  seedSales(past: Iterable<Order>): Promise<void>;
  /**
   * @param note is told of what is new before it is committed; ClickHouse commits nothing and tells nobody
   * @returns for each event whether it is new
   */
  enterEvents(
    events: readonly OrderEvent[],
    note?: (events: readonly OrderEvent[]) => Promise<void>,
  ): Promise<boolean[]>;
}

/** @returns undefined for rows */
export function columnStoreOf(db: Database): ColumnStore | undefined {
  if (keepsColumns(db))
    return {
      sumRevenue: (query) => columns.sumRevenue(db, query),
      sumProducts: (limit) => columns.sumProducts(db, limit),
      seedSales: (past) => books.seedSales(db, past),
      enterEvents: (events, note) => books.enterEvents(db, events, note),
    };
  if (clickhouse.isClickhouse(db))
    return {
      sumRevenue: (query) => clickhouse.sumRevenue(db, query),
      sumProducts: (limit) => clickhouse.sumProducts(db, limit),
      seedSales: (past) => clickhouse.seedSales(db, past),
      enterEvents: (events) => clickhouse.enterEvents(db, events),
    };
  return undefined;
}
