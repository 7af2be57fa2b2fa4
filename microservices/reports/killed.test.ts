// reports/killed.test.ts: a process killed while it enters events leaves whole batches; the next goes on.
// Run by vitest; the process is a real one, and so is the SIGKILL.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openDatabase } from '@lab/shared/runtime/database.ts';
import { readMigrations } from '@lab/shared/runtime/migrations.ts';
import { afterAll, expect, test } from 'vitest';

const BATCH = 40;
const folder = mkdtempSync(join(tmpdir(), 'lab-killed-'));
const url = `duckdb:${join(folder, 'reports.duckdb')}`;
const migrations = await readMigrations(new URL('./migrations/columns/', import.meta.url));
afterAll(() => rmSync(folder, { recursive: true }));

/** Enters batch after batch, from where the books end, and says so after each. */
const script = `
  import { openDatabase } from '@lab/shared/runtime/database.ts';
  import { pastOrders } from '@lab/shared/fixtures/past-orders.ts';
  import { enterEvents } from '${new URL('books.model.ts', import.meta.url)}';
  const migrations = ${JSON.stringify(migrations)};
  const db = await openDatabase({ url: ${JSON.stringify(url)}, migrations });
  const { last } = await db.get('SELECT coalesce(max(number), 0) AS last FROM seen_events');
  const before = '2026-11-22T00:00:00.000Z';
  const events = [...pastOrders({ seed: 1, count: 40000, before })].map((data, at) => (
    { id: 'evt_' + (at + 1), type: 'order.confirmed', time: data.placedAt, data }));
  for (let at = last; at < events.length; at += ${BATCH}) {
    await enterEvents(db, events.slice(at, at + ${BATCH}));
    console.log(at + ${BATCH});
  }`;

/** @returns the number of events that it had said to have entered when it was killed */
async function enterUntilKilled(batches: number): Promise<number> {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const cwd = new URL('.', import.meta.url);
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const said: number[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(Number(line));
    // Whatever it does at this moment, it is between this batch and the end of the next.
    if (said.length === batches) child.kill('SIGKILL');
  }
  expect(await closed).toEqual([null, 'SIGKILL']);
  return said.at(-1) ?? 0;
}

async function look() {
  const db = await openDatabase({ url, migrations });
  const one = (sql: string) => db.get<Record<string, number>>(sql);
  const found = {
    ...(await one('SELECT count(*) AS seen, count(DISTINCT event_id) AS ids FROM seen_events')),
    ...(await one('SELECT max(number) AS last FROM seen_events')),
    ...(await one('SELECT count(*) AS orders, count(DISTINCT order_id) AS order_ids FROM orders')),
    ...(await one('SELECT count(*) FILTER (WHERE line = 0) AS with_lines FROM order_lines')),
  };
  await db.close();
  return found as Record<string, number>;
}

test('whatever was said to be entered is, each batch is there or not, and none is there twice', async () => {
  let before = 0;
  for (const batches of [3, 8, 14]) {
    const said = await enterUntilKilled(batches);
    const { seen = 0, ...others } = await look();
    expect(said).toBeGreaterThan(before);
    expect(seen).toBeGreaterThanOrEqual(said);
    expect(seen % BATCH).toBe(0);
    for (const [name, count] of Object.entries(others)) expect(count, name).toBe(seen);
    before = seen;
  }
}, 180_000);
