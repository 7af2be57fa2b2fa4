// reports/rebuild.ts: columns made again from the journal, also when that was cut short.
// Called by open-books.ts.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { ColumnDatabase } from '@lab/shared/runtime/column-database.ts';
import { DuplicateKey } from '@lab/shared/runtime/database.ts';
import { enterEvents } from './books.model.ts';
import { type Journal, journalled } from './journal.ts';

/** More of them take more memory, and hardly less time. */
const AT_ONCE = 1000;

/** There while the columns lack events of the journal. */
const markOf = ({ path }: Pick<Journal, 'path'>) => `${path}.unread`;

export const isBehind = (journal: Journal): boolean => existsSync(markOf(journal));

/** From now on, until they were made again. */
export const markBehind = (journal: Journal): void => writeFileSync(markOf(journal), '');

/** What was entered already is not entered again. */
export async function enterAgain(db: ColumnDatabase, journal: Journal) {
  let [entered, unreadable] = [0, 0];
  for await (const events of journalled(journal, AT_ONCE, () => {
    unreadable += 1;
  }))
    entered += await enterAll(db, events);
  rmSync(markOf(journal));
  return { entered, unreadable };
}

/** What was refused when it came is refused again. */
async function enterAll(db: ColumnDatabase, events: readonly OrderEvent[]): Promise<number> {
  try {
    return (await enterEvents(db, events)).filter(Boolean).length;
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error;
    if (events.length === 1) return 0;
  }
  const half = Math.ceil(events.length / 2);
  return (await enterAll(db, events.slice(0, half))) + (await enterAll(db, events.slice(half)));
}
