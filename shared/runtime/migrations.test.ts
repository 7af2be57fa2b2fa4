// What openDatabase does with migrations, on both engines: in order, once, all or none.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../test/engines.ts';
import { type Database, openDatabase, UnusableDatabase } from './database.ts';
import type { Migration } from './migrations.ts';

const first = { name: '0001-log.sql', sql: 'CREATE TABLE log (entry TEXT) -- no semicolon' };
const second = {
  name: '0002-level.sql',
  sql: `ALTER TABLE log ADD COLUMN level TEXT DEFAULT 'info';
    INSERT INTO log (entry) VALUES ('levels');`,
};
/** Its second statement fails. */
const failing = {
  name: '0002-typo.sql',
  sql: "INSERT INTO log VALUES ('half'); CREATE TABEL levels (id TEXT);",
};

for (const engine of engines()) {
  describe.skipIf(engine.missing)(`migrations on ${engine.kind}`, () => {
    let url: string;
    const opened: Database[] = [];
    beforeAll(engine.start);
    afterAll(engine.stop);
    beforeEach(async () => {
      url = await engine.freshUrl();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((db) => db.close()));
    });

    async function open(...migrations: Migration[]): Promise<Database> {
      const db = await openDatabase({ url, migrations, poolSize: 1 });
      opened.push(db);
      return db;
    }
    const recorded = async (db: Database) =>
      (await db.all<{ name: string }>('SELECT name FROM migrations ORDER BY number')).map(
        ({ name }) => name,
      );
    const entries = async (db: Database) =>
      (await db.all<{ entry: string }>('SELECT entry FROM log')).map(({ entry }) => entry);

    test('are applied in the order of their numbers, each once', async () => {
      await open(second, first);
      const again = await open(first, second);
      expect(await recorded(again)).toEqual([first.name, second.name]);
      expect(await entries(again)).toEqual(['levels']);
      const { applied_at } = (await again.get<{ applied_at: string }>(
        'SELECT applied_at FROM migrations WHERE number = 2',
      )) ?? { applied_at: '' };
      expect(new Date(applied_at).toISOString()).toBe(applied_at);
    });

    test('that are new are added to those that are there, and rows stay', async () => {
      await (await open(first)).run("INSERT INTO log VALUES ('old')");
      const db = await open(first, second);
      expect(await db.all('SELECT * FROM log')).toEqual([
        { entry: 'old', level: 'info' },
        { entry: 'levels', level: 'info' },
      ]);
    });

    test('that fail are named, and leave a database as it was', async () => {
      const db = await open(first);
      await db.run("INSERT INTO log VALUES ('old')");
      await expect(open(first, failing)).rejects.toThrow(UnusableDatabase);
      await expect(open(first, failing)).rejects.toThrow(/refuses 0002-typo\.sql \(.*TABEL.*\);/);
      expect(await recorded(db)).toEqual([first.name]);
      expect(await entries(db)).toEqual(['old']);
    });

    test('that fail leave an empty database empty', async () => {
      await expect(open(first, failing)).rejects.toThrow(UnusableDatabase);
      const db = await open();
      expect(await recorded(db)).toEqual([]);
      await expect(entries(db)).rejects.toThrow(/log/);
    });

    test('that the rows do not allow are named too', async () => {
      const db = await open(first);
      await db.run("INSERT INTO log VALUES ('twice'), ('twice')");
      const unique = { name: '0002-unique.sql', sql: 'CREATE UNIQUE INDEX one ON log (entry)' };
      await expect(open(first, unique)).rejects.toThrow(/refuses 0002-unique\.sql \(.+\);/);
    });

    test('of newer code are no fault for older code', async () => {
      await open(first, second);
      const older = await open(first);
      expect(await entries(older)).toEqual(['levels']);
      expect(await recorded(older)).toEqual([first.name, second.name]);
    });

    test('are applied once when several open at once', async () => {
      const replicas = await Promise.all(Array.from({ length: 5 }, () => open(first, second)));
      for (const replica of replicas) expect(await entries(replica)).toEqual(['levels']);
    });

    test.each([
      ['a gap', [first, { ...second, name: '0003-level.sql' }], '0003-level.sql', '0002'],
      ['a number twice', [first, { ...second, name: '0001-more.sql' }], '0001-more.sql', '0002'],
      ['no 1', [second], '0002-level.sql', '0001'],
      ['no number', [{ ...first, name: 'schema.sql' }], 'schema.sql', '0001'],
    ])('with %s are refused by name', async (_, migrations, name, due) => {
      const wrong = `The migration ${name} stands where number ${due} is due; `;
      await expect(open(...migrations)).rejects.toThrow(wrong);
    });

    test('of a database whose tables nobody recorded are unknown: it is refused and left', async () => {
      const old = await open(first);
      await old.run("INSERT INTO log VALUES ('old')");
      await old.run('DROP TABLE migrations');
      await expect(open(first)).rejects.toThrow(UnusableDatabase);
      await expect(open(first)).rejects.toThrow(
        /has tables but no record of migrations.* forget it/,
      );
      expect(await entries(old)).toEqual(['old']);
      await expect(recorded(old)).rejects.toThrow(/migrations/);
    });
  });
}
