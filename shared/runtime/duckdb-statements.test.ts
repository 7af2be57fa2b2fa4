// runtime/duckdb-statements.test.ts: a statement that is asked again knows what was entered in between.
// Run by `npm test`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDatabase, type Queries } from './database.ts';

const folder = mkdtempSync(join(tmpdir(), 'lab-duckdb-statements-'));
const url = `duckdb:${join(folder, 'numbers.duckdb')}`;
const migrations = [{ name: '0001-numbers.sql', sql: 'CREATE TABLE numbers (number BIGINT)' }];
afterAll(() => rmSync(folder, { recursive: true }));

type Row = Record<string, number>;
const ADD = 'INSERT INTO numbers SELECT range FROM range($1, $2)';
const look = async (on: Queries): Promise<Record<string, number>> => ({
  ...(await on.get<Row>('SELECT max(number) AS newest, count(*) AS count FROM numbers')),
  ...(await on.get<Row>('SELECT count(*) AS beyond FROM numbers WHERE number >= $1', [100])),
  ...(await on.get<Row>('SELECT count(*) AS within FROM numbers WHERE number < $1', [1000])),
});

test('neither a reader nor a transaction is answered from an earlier state of a stored table', async () => {
  const before = await openDatabase({ url, migrations });
  await before.run(ADD, [0, 100]);
  await before.close(); // which writes the table and its statistics into the file
  const db = await openDatabase({ url, migrations });
  const first = { newest: 99, count: 100, beyond: 0, within: 100 };
  const then = { newest: 1499, count: 1500, beyond: 1400, within: 1000 };
  expect(await look(db)).toEqual(first);
  expect(await db.transaction(look)).toEqual(first);
  await db.run(ADD, [100, 1500]);
  expect(await look(db)).toEqual(then);
  expect(await db.transaction(look)).toEqual(then);
  await db.close();
});
