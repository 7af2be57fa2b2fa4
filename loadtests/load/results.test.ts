// load/results.test.ts: what is written can be read, as far as it was written.
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRows, type Row, readRows } from './results.ts';
import { testFolder } from './test-folder.ts';

const row: Row = {
  t: 5,
  lag: 0.123,
  ms: 1.5,
  op: 'placeOrder',
  feature: 'orders',
  outcome: 'ok',
  status: 201,
  orderId: 'ord_é',
};
const newFile = () => join(testFolder(), 'rows.jsonl');

async function allOf(file: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const one of readRows(file)) rows.push(one);
  return rows;
}

test('rows come back as they were written, beyond one buffer and one chunk', async () => {
  const file = newFile();
  const writer = openRows(file);
  const rows = Array.from({ length: 3000 }, (_, t) => ({ ...row, t }));
  for (const one of rows) writer.write(one);
  await writer.close();
  expect(await allOf(file)).toEqual(rows);
});

test('a last line that a killed writer cut short is left out', async () => {
  const file = newFile();
  const writer = openRows(file);
  writer.write(row);
  await writer.close();
  await appendFile(file, '{"t":10,"lag":0.1');
  expect(await allOf(file)).toEqual([row]);
});

test('a disk that refuses is an error, not a silent loss', async () => {
  const writer = openRows('/nowhere/rows.jsonl');
  writer.write(row);
  await expect(writer.close()).rejects.toThrow('ENOENT');
});
