// domain/page.ts: cuts a listing into pages by key, so that a page never shifts under its reader.
// Called by the controllers that list things.
import { decodeCursor, encodeCursor } from './cursor.ts';

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/**
 * Reads one page: asks for one row more than `limit` to know whether another page follows.
 * @param query.limit 1–100, default 20
 * @param read gets the id after which to go on ('' for the start) and how many rows to read
 * @throws BAD_CURSOR (400)
 */
export async function pageThrough<Item extends { id: string }>(
  query: { limit?: number; cursor?: string },
  read: (afterId: string, rows: number) => Promise<Item[]>,
): Promise<Page<Item>> {
  const limit = query.limit ?? 20;
  const found = await read(query.cursor ? decodeCursor(query.cursor) : '', limit + 1);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && found.length > limit ? encodeCursor(last.id) : null };
}
