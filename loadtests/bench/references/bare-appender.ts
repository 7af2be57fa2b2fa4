// references/bare-appender.ts: DuckDB's flat appender and nothing else: no request, no event seen before.
// Bundled and started by reference-servers.ts; no service that keeps columns can take more.
import { createServer } from 'node:http';
import { join } from 'node:path';
import {
  type DuckDBAppender,
  DuckDBDateValue,
  DuckDBInstance,
  DuckDBTimestampValue,
} from '@duckdb/node-api';
import { pastOrders } from '@lab/shared/fixtures/past-orders.ts';
import { dataFolder, port } from './settings.ts';

/** As the service has them: reports/migrations/columns. */
const tables = `
  CREATE TABLE seen_events (number BIGINT, event_id VARCHAR, happened_at TIMESTAMP);
  CREATE TABLE orders (number BIGINT, order_id VARCHAR, placed_at TIMESTAMP);
  CREATE TABLE order_lines (number BIGINT, line INTEGER, day DATE, product_id VARCHAR, name VARCHAR,
    category VARCHAR, first_of_category BOOLEAN, quantity INTEGER, unit_price_cents BIGINT);`;
const DAY_MS = 86_400_000;

const settings = { threads: '1', memory_limit: '256MB', autoinstall_known_extensions: 'false' };
const instance = await DuckDBInstance.create(join(dataFolder, 'bare.duckdb'), settings);
const connection = await instance.connect();
await connection.run(tables);
const some = [...pastOrders({ seed: 1, count: 2000, before: '2026-11-01T00:00:00.000Z' })];
let number = 0;

type Put = (row: DuckDBAppender) => void;

/** The rows of one event, as values that the engine takes at once. */
function rowsOf(order: (typeof some)[number]): Readonly<Record<string, readonly Put[]>> {
  const at = BigInt(++number);
  const placedMs = Date.parse(order.placedAt);
  const placed = new DuckDBTimestampValue(BigInt(placedMs) * 1000n);
  const day = new DuckDBDateValue(Math.floor(placedMs / DAY_MS));
  const identified = (row: DuckDBAppender) => {
    row.appendBigInt(at);
    row.appendVarchar(order.id);
    row.appendTimestamp(placed);
    row.endRow();
  };
  const lines = order.lines.map((line, index) => (row: DuckDBAppender) => {
    row.appendBigInt(at);
    row.appendInteger(index);
    row.appendDate(day);
    row.appendVarchar(line.productId);
    row.appendVarchar(line.name);
    row.appendVarchar(line.category);
    row.appendBoolean(index === 0);
    row.appendInteger(line.quantity);
    row.appendBigInt(BigInt(line.unitPriceCents));
    row.endRow();
  });
  return { seen_events: [identified], orders: [identified], order_lines: lines };
}

async function commit(events: number): Promise<void> {
  const rows = Array.from({ length: events }, () =>
    rowsOf(some[number % some.length] as (typeof some)[number]),
  );
  await connection.run('BEGIN');
  for (const table of ['seen_events', 'orders', 'order_lines']) {
    const appender = await connection.createAppender(table);
    for (const row of rows) for (const put of row[table] ?? []) put(appender);
    appender.closeSync();
  }
  await connection.run('COMMIT');
}

async function appendFor(ms: number, together: number): Promise<{ readonly events: number }> {
  const untilMs = performance.now() + ms;
  let events = 0;
  for (; performance.now() < untilMs; events += together) await commit(together);
  return { events };
}

createServer(async ({ url = '' }, response) => {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const asked = (name: string) => Number(searchParams.get(name));
  const appends = pathname === '/append';
  const answer = appends ? await appendFor(asked('ms'), asked('together')) : {};
  response.end(JSON.stringify(answer));
}).listen(port, '127.0.0.1');

process.once('SIGTERM', () => process.exit());
