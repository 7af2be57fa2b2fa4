// What every model may rely on, held on all engines: rows, transactions, duplicates, crashes.
// PostgreSQL runs from the machine's own binaries; without them its half says so and is skipped.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../test/engines.ts';
import { type Database, DuplicateKey, openDatabase, type Queries } from './database.ts';

const TABLES = `
  CREATE TABLE stock (id TEXT PRIMARY KEY, left_count INTEGER, name TEXT UNIQUE);
  CREATE TABLE places (shelf INTEGER, box INTEGER, PRIMARY KEY (shelf, box));
`;
const migrations = [{ name: '0001-stock.sql', sql: TABLES }];
const ADD = 'INSERT INTO stock (id, left_count) VALUES ($1, $2)';
const LEFT = 'SELECT left_count FROM stock WHERE id = $1';

for (const engine of engines()) {
  describe.skipIf(engine.missing)(`a database on ${engine.kind}`, () => {
    let url: string;
    let db: Database;
    beforeAll(engine.start);
    afterAll(engine.stop);
    beforeEach(async () => {
      url = await engine.freshUrl();
      db = await openDatabase({ url, migrations });
    });
    afterEach(() => db.close());

    const left = async (id: string, from: Queries = db): Promise<number | undefined> =>
      (await from.get<{ left_count: number }>(LEFT, [id]))?.left_count;

    test('says which engine it is and answers a ping', async () => {
      expect(db.kind).toBe(engine.kind);
      await expect(db.ping()).resolves.toBeUndefined();
    });

    test('gives back what was put in, and nothing where nothing was', async () => {
      expect(await db.run(ADD, ['teapot', 3])).toEqual({ changes: 1 });
      expect(await db.get('SELECT * FROM stock')).toEqual({
        id: 'teapot',
        left_count: 3,
        name: null,
      });
      expect(await db.get(LEFT, ['cup'])).toBeUndefined();
      expect(await db.all(LEFT, ['cup'])).toEqual([]);
    });

    test('counts the rows a conditional UPDATE changed', async () => {
      await db.run(ADD, ['teapot', 3]);
      const take =
        'UPDATE stock SET left_count = left_count - $2 WHERE id = $1 AND left_count >= $2';
      expect(await db.run(take, ['teapot', 2])).toEqual({ changes: 1 });
      expect(await db.run(take, ['teapot', 2])).toEqual({ changes: 0 });
      expect(await left('teapot')).toBe(1);
    });

    test('takes placeholders in any order and leaves quoted ones alone', async () => {
      const sql = `SELECT CAST($2 AS TEXT) AS b, CAST($1 AS TEXT) AS a, CAST($2 AS TEXT) AS again,
        'it''s $1' AS quoted /* $3 */ -- $4`;
      const row = { b: 'two', a: 'one', again: 'two', quoted: "it's $1" };
      expect(await db.get(sql, ['one', 'two'])).toEqual(row);
    });

    test('refuses a wrong number of values', async () => {
      await expect(db.get(LEFT, [])).rejects.toThrow();
      await expect(db.get(LEFT, ['teapot', 'cup'])).rejects.toThrow();
    });

    test('keeps whole numbers whole and counts, sums and conditions as numbers', async () => {
      await db.run(ADD, ['teapot', 5]);
      await db.run(ADD, ['cup', 4]);
      const sql = `SELECT count(*) AS n, sum(left_count) AS total, avg(left_count) AS mean,
        max(left_count) / $1 AS half, sum(left_count) > $2 AS many FROM stock`;
      const row = { n: 2, total: 9, mean: 4.5, half: 2, many: 1 };
      expect(await db.get(sql, [2, 8])).toEqual(row);
      await db.run('UPDATE stock SET name = $1 WHERE id = $2', [String(7), 'cup']);
      expect(await db.get('SELECT name FROM stock WHERE id = $1', ['cup'])).toEqual({ name: '7' });
    });

    test('writes through get, all and run when a statement has RETURNING', async () => {
      const add = `${ADD} RETURNING id`;
      expect(await db.get(add, ['teapot', 1])).toEqual({ id: 'teapot' });
      expect(await db.all(add, ['cup', 1])).toEqual([{ id: 'cup' }]);
      expect(await db.run(add, ['spoon', 1])).toEqual({ changes: 1 });
      expect(await db.get('SELECT count(*) AS n FROM stock')).toEqual({ n: 3 });
    });

    test('names the key of a duplicate, primary, unique or of several columns', async () => {
      await db.run(ADD, ['teapot', 1]);
      await db.run(ADD, ['cup', 1]);
      const duplicate = await db.run(ADD, ['teapot', 2]).catch((error: unknown) => error);
      expect(duplicate).toBeInstanceOf(DuplicateKey);
      expect(duplicate).toMatchObject({ key: 'stock.id' });
      await db.run("UPDATE stock SET name = 'x' WHERE id = 'cup'");
      const rename = db.run("UPDATE stock SET name = 'x' WHERE id = 'teapot' RETURNING id");
      await expect(rename).rejects.toMatchObject({ name: 'DuplicateKey', key: 'stock.name' });
      await db.run('INSERT INTO places VALUES (1, 2)');
      const place = db.get('INSERT INTO places VALUES (1, 2) RETURNING box');
      await expect(place).rejects.toMatchObject({ key: 'places.shelf, places.box' });
    });

    test('commits what a transaction did and returns what it returned', async () => {
      const seen = await db.transaction(async (tx) => {
        await tx.run(ADD, ['teapot', 1]);
        await tx.run(ADD, ['cup', 2]);
        return left('cup', tx);
      });
      expect(seen).toBe(2);
      expect(await left('teapot')).toBe(1);
    });

    test('undoes a transaction that throws and rethrows the same error', async () => {
      const outOfStock = new Error('out of stock');
      const order = db.transaction(async (tx) => {
        await tx.run(ADD, ['teapot', 1]);
        throw outOfStock;
      });
      await expect(order).rejects.toBe(outOfStock);
      expect(await left('teapot')).toBeUndefined();
    });

    test('fails a transaction whose failed statement was caught, with that error', async () => {
      await db.run(ADD, ['teapot', 1]);
      const order = db.transaction(async (tx) => {
        await tx.run(ADD, ['cup', 1]);
        await tx.run(ADD, ['teapot', 1]).catch(() => {});
        await expect(left('cup', tx)).rejects.toThrow('A statement of this transaction failed.');
      });
      await expect(order).rejects.toBeInstanceOf(DuplicateKey);
      expect(await left('cup')).toBeUndefined();
    });

    test('refuses a tx that outlived its transaction', async () => {
      const leaked = await db.transaction(async (tx) => tx);
      await expect(leaked.run(ADD, ['teapot', 1])).rejects.toThrow('This transaction has ended');
      await expect(left('teapot', leaked)).rejects.toThrow('This transaction has ended');
      expect(await left('teapot')).toBeUndefined();
    });

    test('hides an awaiting transaction from others and keeps their writes out of it', async () => {
      const inside = gate();
      const end = gate();
      const order = db.transaction(async (tx) => {
        await tx.run(ADD, ['teapot', 1]);
        inside.open();
        await end.opened;
        throw new Error('the card was declined');
      });
      await inside.opened;
      const other = db.run(ADD, ['cup', 1]);
      const seen = [
        await left('teapot'),
        await db.all('SELECT id FROM stock WHERE id = $1', ['teapot']),
      ];
      end.open();
      expect(seen).toEqual([undefined, []]);
      await expect(order).rejects.toThrow('the card was declined');
      await other;
      expect(await db.all('SELECT id FROM stock')).toEqual([{ id: 'cup' }]);
    });

    test('sells the last one once, however many transactions race for it', async () => {
      await db.run(ADD, ['the-last-teapot', 1]);
      const take = 'UPDATE stock SET left_count = left_count - 1 WHERE id = $1 AND left_count >= 1';
      const races = Array.from({ length: 30 }, () =>
        db.transaction(async (tx) => (await tx.run(take, ['the-last-teapot'])).changes),
      );
      const sold = (await Promise.all(races)).reduce((sum, changes) => sum + changes, 0);
      expect(sold).toBe(1);
      expect(await left('the-last-teapot')).toBe(0);
    });

    test('closes after what is open and in line, once, and then refuses', async () => {
      const end = gate();
      const open = db.transaction(async (tx) => {
        await end.opened;
        await tx.run(ADD, ['teapot', 1]);
      });
      const inLine = Array.from({ length: 20 }, (_, i) => db.run(ADD, [`cup-${i}`, 1]));
      const closings = [db.close(), db.close()];
      end.open();
      await Promise.all([open, ...inLine, ...closings]);
      await expect(left('teapot')).rejects.toThrow();
      await expect(db.run(ADD, ['spoon', 1])).rejects.toThrow();
      await expect(db.transaction(async () => {})).rejects.toThrow();
      const again = await openDatabase({ url, migrations });
      expect(await again.get('SELECT count(*) AS n FROM stock')).toEqual({ n: 21 });
      await again.close();
    });

    test('opens in several places at once on an empty database', async () => {
      const options = { url: await engine.freshUrl(), migrations, poolSize: 1 };
      const replicas = await Promise.all(Array.from({ length: 5 }, () => openDatabase(options)));
      await Promise.all(replicas.map((replica, i) => replica.run(ADD, [`cup-${i}`, 1])));
      expect(await replicas[0]?.get('SELECT count(*) AS n FROM stock')).toEqual({ n: 5 });
      await Promise.all(replicas.map((replica) => replica.close()));
    });

    test('keeps what was committed and nothing half done when its process is killed', async () => {
      // A DuckDB file belongs to one process at a time.
      await db.close();
      const child = writeInChild(url);
      const told = await lastLine(child, 25);
      child.kill('SIGKILL');
      await once(child, 'close');
      db = await openDatabase({ url, migrations });
      const rows = await db.all<{ id: string }>("SELECT id FROM stock WHERE id LIKE 'a%'");
      expect(rows.length).toBeGreaterThanOrEqual(told);
      expect(await db.get("SELECT count(*) AS n FROM stock WHERE id LIKE 'b%'")).toEqual({
        n: rows.length,
      });
    });
  });
}

function gate(): { open: () => void; opened: Promise<void> } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** Commits pairs of rows for ever, and tells the number of each pair once it is committed. */
function writeInChild(url: string): ChildProcess {
  const script = `
    const { openDatabase } = await import('${new URL('database.ts', import.meta.url)}');
    const db = await openDatabase({ url: ${JSON.stringify(url)}, migrations: [] });
    for (let i = 1; ; i += 1) {
      await db.transaction(async (tx) => {
        await tx.run(${JSON.stringify(ADD)}, ['a' + i, i]);
        await new Promise((resolve) => setImmediate(resolve));
        await tx.run(${JSON.stringify(ADD)}, ['b' + i, i]);
      });
      process.stdout.write(i + '\\n');
    }`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** @returns the last whole number told, once it is at least `wanted` */
async function lastLine(child: ChildProcess, wanted: number): Promise<number> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    const told = Number(text.split('\n').at(-2) ?? 0);
    if (told >= wanted) return told;
  }
  throw new Error('The child ended before it had written enough.');
}
