// reports/clickhouse.model.ts: the books on ClickHouse: rows that are only added, and the sums over them.
// Called by books.ts and model.ts, where DATABASE_URL begins with clickhouse://.
import type { OrderEvent } from '@lab/shared/contract/notifications.ts';
import type { Order } from '@lab/shared/contract/orders.ts';
import type { Read, RevenueQuery } from '@lab/shared/contract/reports.ts';
import type { Report } from '@lab/shared/domain/report.ts';
import type { Database, Value } from '@lab/shared/runtime/database.ts';
import type { Past } from './journal.ts';
import type { ProductSum, RevenueSum } from './model.ts';

/** Rows, and what the server read for them: on shards, all of them together. */
export interface Told<Row> {
  readonly rows: Row[];
  readonly read: Read;
}

/** Has neither keys nor transactions: rows are inserted, and all else is refused. */
export interface ClickhouseDatabase extends Database {
  readonly kind: 'clickhouse';
  ask<Row>(sql: string, params?: readonly Value[]): Promise<Told<Row>>;
  /**
   * Inserts rows by the names of their columns: all of them or none, on one server.
   * @throws Error with the server's own words
   */
  insert(table: string, rows: readonly object[]): Promise<void>;
}

export const isClickhouse = (db: Database): db is ClickhouseDatabase => db.kind === 'clickhouse';

/** What it takes for a day. */
const [FIRST_DAY, LAST_DAY] = ['1970-01-01', '2105-12-31'];
const SEEDED_AT_ONCE = 10_000;
/** Stand among the events: what the books were begun with, and that all of it is there. */
const [BEGUN, SEEDED] = ['begun with ', 'past orders'];

const groupings = {
  day: { key: 'toString(day)', orders: 'countIf(line = 0)' },
  category: { key: 'category', orders: 'sum(first_of_category)' },
} as const;

/** First what is newest, then the sums: they hold every order up to there, and may hold newer ones. */
export async function sumRevenue(
  db: ClickhouseDatabase,
  { by, from, to }: Required<RevenueQuery>,
): Promise<Report<RevenueSum>> {
  const known = await newestOf(db);
  // A Date cannot be compared with what it cannot be.
  if (from > LAST_DAY || to < FIRST_DAY) return known;
  const { key, orders } = groupings[by];
  const sums = await db.ask<RevenueSum>(
    `SELECT key, orders, pieces AS quantity, cents AS revenue_cents FROM (
       SELECT ${key} AS key, ${orders} AS orders,
         sum(quantity) AS pieces, sum(quantity * unit_price_cents) AS cents
       FROM order_lines FINAL
       WHERE cancelled = 0 AND day BETWEEN toDate($1) AND toDate($2)
       GROUP BY key
     ) ORDER BY key`,
    [from > FIRST_DAY ? from : FIRST_DAY, to < LAST_DAY ? to : LAST_DAY],
  );
  return withSums(known, sums);
}

/** A report that adds up nothing yet. */
async function newestOf(db: ClickhouseDatabase) {
  const { rows, read } = await db.ask<{ orders: number; newest: string }>(
    'SELECT count() AS orders, max(placed_at) AS newest FROM orders FINAL WHERE cancelled = 0',
  );
  return { sums: [], newest: rows[0]?.orders ? rows[0].newest : null, read };
}

const withSums = <Sum>(
  { newest, read }: { newest: string | null; read: Read },
  { rows, read: more }: Told<Sum>,
): Report<Sum> => ({
  sums: rows,
  newest,
  read: { rows: read.rows + more.rows, bytes: read.bytes + more.bytes },
});

export async function sumProducts(
  db: ClickhouseDatabase,
  limit: number,
): Promise<Report<ProductSum>> {
  const known = await newestOf(db);
  const sums = await db.ask<ProductSum>(
    `SELECT product_id, title AS name, pieces AS quantity, cents AS revenue_cents FROM (
       SELECT product_id, min(name) AS title,
         sum(quantity) AS pieces, sum(quantity * unit_price_cents) AS cents
       FROM order_lines FINAL WHERE cancelled = 0
       GROUP BY product_id
     ) ORDER BY revenue_cents DESC, product_id LIMIT $1`,
    [limit],
  );
  return withSums(known, sums);
}

/**
 * Enters events; their ids last, so that events whose entry was cut short are entered again, and
 * replace what they left.
 * @returns for each event whether it is new
 */
export async function enterEvents(
  db: ClickhouseDatabase,
  events: readonly OrderEvent[],
): Promise<boolean[]> {
  const known = await seenOf(db, events);
  const areNew = events.map(({ id }) => !known.has(id) && known.add(id).has(id));
  const fresh = events.filter((_, at) => areNew[at]);
  await insertOrders(
    db,
    fresh.map(({ type, data }) => ({ order: data, cancelled: type === 'order.cancelled' ? 1 : 0 })),
  );
  await db.insert(
    'seen_events',
    fresh.map(({ id }) => ({ event_id: id })),
  );
  return areNew;
}

async function seenOf(db: ClickhouseDatabase, events: readonly OrderEvent[]): Promise<Set<string>> {
  const places = events.map((_, at) => `$${at + 1}`).join();
  const rows = await db.all<{ event_id: string }>(
    `SELECT event_id FROM seen_events WHERE event_id IN (${places})`,
    events.map(({ id }) => id),
  );
  return new Set(rows.map(({ event_id }) => event_id));
}

/**
 * Notes what books are begun with where nothing is noted yet; nothing is not: these may be the books of
 * a shard.
 * @returns what they were begun with
 */
export async function begin(db: ClickhouseDatabase, past: Past): Promise<Past> {
  const noted = await db.get<{ event_id: string }>(
    `SELECT event_id FROM seen_events WHERE event_id LIKE $1`,
    [`${BEGUN}%`],
  );
  if (noted !== undefined) return JSON.parse(noted.event_id.slice(BEGUN.length));
  if (past.count > 0) await db.insert('seen_events', [{ event_id: BEGUN + JSON.stringify(past) }]);
  return past;
}

/** Fills empty books with past orders. */
export async function seedSales(db: ClickhouseDatabase, past: Iterable<Order>): Promise<void> {
  const isSeeded = 'SELECT event_id FROM seen_events WHERE event_id = $1';
  if (await db.get(isSeeded, [SEEDED])) return;
  let [some, count]: [Entry[], number] = [[], 0];
  for (const order of past) {
    count += 1;
    some.push({ order, cancelled: 0 });
    if (some.length < SEEDED_AT_ONCE) continue;
    await insertOrders(db, some);
    some = [];
  }
  await insertOrders(db, some);
  if (count > 0) await db.insert('seen_events', [{ event_id: SEEDED }]);
}

interface Entry {
  readonly order: Order;
  readonly cancelled: 0 | 1;
}

/** Lines first: an order that is known of has them. */
async function insertOrders(db: ClickhouseDatabase, entries: readonly Entry[]): Promise<void> {
  await db.insert('order_lines', entries.flatMap(linesOf));
  await db.insert(
    'orders',
    entries.map(({ order: { id, placedAt }, cancelled }) => ({
      placed_at: placedAt,
      order_id: id,
      cancelled,
    })),
  );
}

function linesOf({ order: { id, placedAt, lines }, cancelled }: Entry) {
  const day = new Date(placedAt).toISOString().slice(0, 10);
  const categories = lines.map(({ category }) => category);
  return lines.map((line, at) => ({
    day,
    order_id: id,
    line: at,
    product_id: line.productId,
    name: line.name,
    category: line.category,
    first_of_category: categories.indexOf(line.category) === at ? 1 : 0,
    quantity: line.quantity,
    unit_price_cents: line.unitPriceCents,
    cancelled,
  }));
}
