// targets/query-columns.test.ts: a file of columns is asked while another has it and writes to it.
// Run by `npm test`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ColumnDatabase, keepsColumns } from '@lab/shared/runtime/column-database.ts';
import { openDatabase } from '@lab/shared/runtime/database.ts';
import { afterAll, expect, test } from 'vitest';
import { queryColumns } from './query-columns.ts';

const folder = mkdtempSync(join(tmpdir(), 'lab-query-'));
const path = join(folder, 'reports.duckdb');
const sql = 'CREATE TABLE sales (order_id VARCHAR, cents BIGINT)';
const migrations = [{ name: '0001-sales.sql', sql }];
afterAll(() => rmSync(folder, { recursive: true }));

const sums = async () => {
  const question = 'SELECT count(*) AS count, sum(cents) AS "totalCents" FROM sales';
  const [row] = await queryColumns<{ count: number; totalCents: number | null }>(path, question);
  return row;
};

async function open(): Promise<ColumnDatabase> {
  const db = await openDatabase({ url: `duckdb:${path}`, migrations });
  if (!keepsColumns(db)) throw new Error('no columns');
  return db;
}

test('what was committed is seen at once, and each batch whole, also while the log is folded in', async () => {
  const db = await open();
  expect(await sums()).toEqual({ count: 0, totalCents: null });
  const batch = Array.from({ length: 500 }, (_, at) => [`ord_${at}`, 2]);
  for (let batches = 1; batches <= 3; batches += 1) {
    await db.transaction((tx) => tx.append('sales', batch));
    expect(await sums()).toEqual({ count: 500 * batches, totalCents: 1000 * batches });
  }
  let isOver = false;
  const writing = (async () => {
    for (let round = 0; !isOver; round += 1) {
      await db.transaction((tx) => tx.append('sales', batch));
      if (round % 5 === 4) await db.run('CHECKPOINT');
    }
  })();
  let last = 1500;
  for (let looks = 0; looks < 5; looks += 1) {
    const { count = 0 } = (await sums()) ?? {};
    expect(count % 500).toBe(0);
    expect(count).toBeGreaterThanOrEqual(last);
    last = count;
  }
  isOver = true;
  await writing;
  await db.close();
});
