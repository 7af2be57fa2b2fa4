// reports/books.ts: where events are entered: one a transaction in rows, many a transaction in columns.
// Made by app.ts; controller.ts hands it every event.
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import { keepsColumns } from '@lab/shared/runtime/column-database.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import { createBatcher } from './batcher.ts';
import { enterEvents } from './books.model.ts';
import { enterEvents as enterRemotely, isClickhouse } from './clickhouse.model.ts';
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

/** @param journal of books in columns; left out: what is damaged cannot be made again */
export function booksOf(db: Database, journal?: Journal): Books {
  if (isClickhouse(db))
    return { enter: createBatcher(MOST_AT_ONCE, (events) => enterRemotely(db, events)) };
  if (!keepsColumns(db)) return { enter: (event) => enterEvent(db, event) };
  const enter = async (events: readonly OrderEvent[]) => {
    await journal?.write(events);
    return enterEvents(db, events);
  };
  return { enter: createBatcher(MOST_AT_ONCE, enter) };
}
