// reports/books.model.ts: the books on DuckDB: columns that events are appended to, many at once.
// Called by books.ts, and by model.ts to fill them with the past.
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { Order } from '@lab/shared/contract/orders.ts';
import type { Appending, ColumnDatabase } from '@lab/shared/runtime/column-database.ts';
import { DuplicateKey, type Queries } from '@lab/shared/runtime/database.ts';

/**
 * Of the past that an empty shop is given. Each batch takes an appender, whose memory comes back only
 * when garbage is collected: ten million orders by the thousand took 3 GB.
 */
const SEEDED_AT_ONCE = 20_000;

/** Before and after 1970: as far as JavaScript counts. */
const EVER_MS = 8_640_000_000_000_000;

type Note = (events: readonly OrderEvent[]) => Promise<void>;

/** An order with the number of the event that brought it. */
interface Entry {
  readonly order: Order;
  readonly number: number;
}

/**
 * Enters events in one transaction with their ids: all of them, or none. Two of one id are one, whether
 * they come together or months apart.
 * @param note is told of those that are new when nothing but the commit is left
 * @returns for each event whether it is new
 * @throws DuplicateKey when one of them sells an order that another event has sold
 */
export async function enterEvents(
  db: ColumnDatabase,
  events: readonly OrderEvent[],
  note: Note = async () => {},
): Promise<boolean[]> {
  try {
    return await enterThose(db, events, spanOf(events.map(({ time }) => time)), note);
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error;
    // The event may have come before with another time: now its id is looked for in all of them.
    return enterThose(db, events, [-EVER_MS, EVER_MS], note);
  }
}

function enterThose(
  db: ColumnDatabase,
  events: readonly OrderEvent[],
  seenWithin: Span,
  note: Note,
): Promise<boolean[]> {
  return db.transaction(async (tx) => {
    const seen = await seenOf(tx, events, seenWithin);
    const areNew = events.map(({ id }) => !seen.has(id) && seen.add(id).has(id));
    const last = await lastNumber(tx);
    const fresh = events
      .filter((_, at) => areNew[at])
      .map((event, at) => ({ event, number: last + 1 + at }));
    await tx.append(
      'seen_events',
      fresh.map(({ event, number }) => [number, event.id, Date.parse(event.time)]),
    );
    await cancelSales(tx, entriesOf(fresh, 'order.cancelled'));
    await insertSales(tx, entriesOf(fresh, 'order.confirmed'));
    if (fresh.length > 0) await note(fresh.map(({ event }) => event));
    return areNew;
  });
}

/** Fills empty books with past orders, which came by no event: their numbers are -1, -2 … */
export async function seedSales(db: ColumnDatabase, past: Iterable<Order>): Promise<void> {
  await db.transaction(async (tx) => {
    if (await tx.get('SELECT 1 FROM orders LIMIT 1')) return;
    let number = 0;
    let some: Entry[] = [];
    for (const order of past) {
      some.push({ order, number: --number });
      if (some.length < SEEDED_AT_ONCE) continue;
      await appendOrders(tx, some);
      some = [];
    }
    await appendOrders(tx, some);
  });
}

async function seenOf(
  tx: Queries,
  events: readonly OrderEvent[],
  [firstMs, lastMs]: Span,
): Promise<Set<string>> {
  const rows = await tx.all<{ event_id: string }>(
    `SELECT event_id FROM seen_events
     WHERE happened_at BETWEEN epoch_ms($1) AND epoch_ms($2)
       AND event_id IN (SELECT unnest(string_split($3, ',')))`,
    [firstMs, lastMs, events.map(({ id }) => id).join()],
  );
  return new Set(rows.map(({ event_id }) => event_id));
}

async function lastNumber(tx: Queries): Promise<number> {
  const row = await tx.get<{ last: number | null }>('SELECT max(number) AS last FROM seen_events');
  return row?.last ?? 0;
}

/** Takes the sales out, and keeps those out that only come later. */
async function cancelSales(tx: Appending, cancelled: readonly Entry[]): Promise<void> {
  if (cancelled.length === 0) return;
  const sold = (await storedOf(tx, 'orders', 'number', cancelled)).map(Number);
  if (sold.length > 0)
    for (const table of ['orders', 'order_lines'])
      await tx.run(
        `DELETE FROM ${table} WHERE number BETWEEN $1 AND $2
           AND number IN (SELECT CAST(unnest(string_split($3, ',')) AS BIGINT))`,
        [Math.min(...sold), Math.max(...sold), sold.join()],
      );
  await tx.append(
    'cancelled_orders',
    cancelled.map(({ order }) => [order.id, Date.parse(order.placedAt)]),
  );
}

async function insertSales(tx: Appending, sold: readonly Entry[]): Promise<void> {
  if (sold.length === 0) return;
  const twice = await storedOf(tx, 'orders', 'order_id', sold);
  if (twice.length > 0 || new Set(sold.map(({ order }) => order.id)).size < sold.length)
    throw new DuplicateKey('orders.order_id');
  const cancelled = await storedOf(tx, 'cancelled_orders', 'order_id', sold);
  await appendOrders(
    tx,
    sold.filter(({ order }) => !cancelled.includes(order.id)),
  );
}

/** One column of those that the table has. */
async function storedOf(
  tx: Queries,
  table: 'orders' | 'cancelled_orders',
  column: 'number' | 'order_id',
  entries: readonly Entry[],
): Promise<(string | number)[]> {
  const [firstMs, lastMs] = spanOf(entries.map(({ order }) => order.placedAt));
  const rows = await tx.all<Record<typeof column, string | number>>(
    `SELECT ${column} FROM ${table}
     WHERE placed_at BETWEEN epoch_ms($1) AND epoch_ms($2)
       AND order_id IN (SELECT unnest(string_split($3, ',')))`,
    [firstMs, lastMs, entries.map(({ order }) => order.id).join()],
  );
  return rows.map((row) => row[column]);
}

async function appendOrders(tx: Appending, entries: readonly Entry[]): Promise<void> {
  await tx.append(
    'orders',
    entries.map(({ order, number }) => [number, order.id, Date.parse(order.placedAt)]),
  );
  await tx.append('order_lines', entries.flatMap(linesOf));
}

function linesOf({ order: { placedAt, lines }, number }: Entry) {
  const day = new Date(placedAt).toISOString().slice(0, 10);
  const categories = lines.map(({ category }) => category);
  return lines.map((line, at) => [
    number,
    at,
    day,
    line.productId,
    line.name,
    line.category,
    categories.indexOf(line.category) === at ? 1 : 0,
    line.quantity,
    line.unitPriceCents,
  ]);
}

function entriesOf(
  fresh: readonly { event: OrderEvent; number: number }[],
  type: OrderEvent['type'],
): Entry[] {
  return fresh
    .filter(({ event }) => event.type === type)
    .map(({ event, number }) => ({ order: event.data, number }));
}

/** The first and the last of some instants, in milliseconds since 1970. */
type Span = readonly [firstMs: number, lastMs: number];

function spanOf(instants: readonly string[]): Span {
  const times = instants.map((instant) => Date.parse(instant));
  return [Math.min(...times), Math.max(...times)];
}

/** @returns whether an event of this id, and of this time, was entered */
export async function isEntered(db: Queries, event: OrderEvent): Promise<boolean> {
  return (await seenOf(db, [event], spanOf([event.time]))).has(event.id);
}
