// reports/books.ts: where events are entered: one a transaction in rows, many at once in columns.
// Made by app.ts; controller.ts hands it every event.
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { createBatcher } from './batcher.ts';
import { columnStoreOf } from './column-store.ts';
import type { Journal } from './journal.ts';
import { enterEvent } from './model.ts';

export interface Books {
  /**
   * Resolves when the event is stored for good.
   * @returns false when it was entered before
   */
  enter(event: OrderEvent): Promise<boolean>;
}

/** More would hold up those who wait for the answer; a commit costs the same for 1 and for 200. */
const MOST_AT_ONCE = 200;

/** @param journal of books in DuckDB; left out: what is damaged cannot be made again */
export function booksOf(db: Database, journal?: Journal): Books {
  const columns = columnStoreOf(db);
  if (columns === undefined) return { enter: (event) => enterEvent(db, event) };
  const enter = (events: readonly OrderEvent[]) => columns.enterEvents(events, journal?.write);
  return { enter: createBatcher(MOST_AT_ONCE, enter) };
}
