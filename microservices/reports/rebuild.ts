// reports/rebuild.ts: what the columns lack of their journal is entered again.
// Called by open-books.ts.
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { ColumnDatabase } from '@lab/shared/runtime/column-database.ts';
import { DuplicateKey } from '@lab/shared/runtime/database.ts';
import { enterEvents, isEntered } from './books.model.ts';
import { type Journal, journalled } from './journal.ts';

/** More of them take more memory, and hardly less time. */
const AT_ONCE = 1000;

/** Looked at first: several times the longest event, of 50 lines. */
const END_BYTES = 256 * 1024;

/**
 * What was entered already is not entered again. Events are entered in the order of the journal: who
 * has its newest has all, and whoever lacks some has all before one that is there.
 * @returns undefined when nothing is lacking
 */
export async function enterLacking(db: ColumnDatabase, journal: Journal) {
  const from = await firstLacking(db, journal);
  if (from === undefined) return undefined;
  let [entered, unreadable] = [0, 0];
  const onUnreadable = () => {
    unreadable += 1;
  };
  for await (const events of journalled(journal, AT_ONCE, from, onUnreadable))
    entered += await enterAll(db, events);
  return { entered, unreadable };
}

/** @returns a byte of the journal before which nothing is lacking */
async function firstLacking(db: ColumnDatabase, journal: Journal): Promise<number | undefined> {
  const size = await journal.size();
  let newest: OrderEvent | undefined;
  for await (const events of journalled(journal, AT_ONCE, Math.max(0, size - END_BYTES)))
    newest = events.at(-1);
  if (newest === undefined || (await isEntered(db, newest))) return undefined;
  for (let back = END_BYTES; back < size; back *= 8) {
    const oldest = await firstOf(journalled(journal, 1, size - back));
    if (oldest !== undefined && (await isEntered(db, oldest))) return size - back;
  }
  return 0;
}

async function firstOf(batches: AsyncIterable<OrderEvent[]>): Promise<OrderEvent | undefined> {
  for await (const [first] of batches) return first;
  return undefined;
}

/** What cannot be entered beside what was, such as an event whose commit failed, is left out. */
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
